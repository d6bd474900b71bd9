-- The audit log as a tree of hashes (RFC 6962), whose signed heads show every later change of it.

-- Entries that have no place in the tree yet, in no order. They commit with the change that they tell of, without any
-- lock that two changes would share; one server process at a time moves them to their places.
-- An event from before there was a tree has no entry yet.
CREATE TABLE audit_queue (
    sequence bigint NOT NULL,
    entry    bytea,
    salts    bytea
) WITH (autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0);
INSERT INTO audit_queue (sequence) SELECT sequence FROM audit_events ORDER BY sequence;

-- The leaves: without gaps, each entry as it is hashed. The salts open the commitments of an entry; to erase what an
-- event says of a person, its values and their salts are erased, and the entry stays.
CREATE TABLE audit_leaves (
    log_index bigint PRIMARY KEY CHECK (log_index >= 0),
    sequence  bigint NOT NULL UNIQUE,
    entry     bytea NOT NULL CHECK (length(entry) < 65536),
    salts     bytea NOT NULL
);

CREATE FUNCTION refuse_other_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.log_index <> OLD.log_index OR NEW.sequence <> OLD.sequence OR NEW.entry <> OLD.entry THEN
        RAISE EXCEPTION 'the audit log is append-only';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER audit_leaves_same_entry BEFORE UPDATE ON audit_leaves
    FOR EACH ROW EXECUTE FUNCTION refuse_other_entry();
CREATE TRIGGER audit_leaves_append_only BEFORE DELETE OR TRUNCATE ON audit_leaves
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

-- The hashes, in tiles of up to 256 (C2SP tlog-tiles). A full one never changes.
CREATE TABLE audit_tiles (
    level      smallint NOT NULL,
    tile_index bigint NOT NULL,
    hashes     bytea NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
    PRIMARY KEY (level, tile_index)
);
ALTER TABLE audit_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- The signed heads of the tree (C2SP tlog-checkpoint).
CREATE TABLE audit_checkpoints (
    size       bigint PRIMARY KEY,
    note       text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX audit_checkpoints_time ON audit_checkpoints (created_at);

-- An event never changes and never goes, but what it says of a person can be erased.
CREATE FUNCTION refuse_other_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.sequence, NEW.id, NEW.time, NEW.action, NEW.status_code, NEW.resource_type, NEW.request_id)
            <> (OLD.sequence, OLD.id, OLD.time, OLD.action, OLD.status_code, OLD.resource_type, OLD.request_id)
        OR NEW.actor_id IS DISTINCT FROM OLD.actor_id
        OR NEW.organization_id IS DISTINCT FROM OLD.organization_id
        OR NEW.resource_id IS DISTINCT FROM OLD.resource_id
        OR NEW.actor_name NOT IN (OLD.actor_name, '')
        OR NEW.address NOT IN (OLD.address, '')
        OR NEW.user_agent NOT IN (OLD.user_agent, '')
        OR NEW.resource_target NOT IN (OLD.resource_target, '')
        OR NEW.diff NOT IN (OLD.diff, '{}')
        OR NEW.additional_fields NOT IN (OLD.additional_fields, '{}') THEN
        RAISE EXCEPTION 'the audit log is append-only';
    END IF;
    RETURN NEW;
END
$$;
DROP TRIGGER audit_events_append_only ON audit_events;
CREATE TRIGGER audit_events_append_only BEFORE DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER audit_events_same_event BEFORE UPDATE ON audit_events
    FOR EACH ROW EXECUTE FUNCTION refuse_other_event();
