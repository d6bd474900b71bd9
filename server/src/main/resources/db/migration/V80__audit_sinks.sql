-- Where copies of the audit log go, and how far each has come.
CREATE TABLE audit_sinks (
    id              uuid PRIMARY KEY,
    name            text NOT NULL UNIQUE CHECK (name ~ '^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$'),
    transport       text NOT NULL CHECK (transport IN (
                        'file', 'webhook', 'splunk', 'elastic', 'datadog', 'sumo', 'syslog', 's3')),
    format          text NOT NULL CHECK (format IN ('json', 'ecs', 'ocsf', 'cef')),
    enabled         boolean NOT NULL,
    settings        jsonb NOT NULL CHECK (length(settings::text) <= 65536),
    -- A JSON object of texts, encrypted by the master key.
    secrets         bytea NOT NULL,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    -- The index of the first event that has not been taken yet. It only moves on, by whoever holds the lease.
    cursor          bigint NOT NULL CHECK (cursor >= 0),
    lease           uuid,
    lease_ends_at   timestamptz NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    failures        integer NOT NULL DEFAULT 0,
    last_error      text NOT NULL DEFAULT '' CHECK (length(last_error) <= 1000),
    last_error_at   timestamptz,
    last_success_at timestamptz
);

CREATE FUNCTION refuse_earlier_cursor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.cursor < OLD.cursor THEN
        RAISE EXCEPTION 'the cursor of a sink only moves on';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER audit_sinks_cursor BEFORE UPDATE OF cursor ON audit_sinks
    FOR EACH ROW EXECUTE FUNCTION refuse_earlier_cursor();
