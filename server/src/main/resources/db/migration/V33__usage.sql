-- Who used which template's workspaces, minute by minute, and when people's status changed.

CREATE TABLE template_usage (
    -- The beginning of half an hour.
    started_at       timestamptz NOT NULL,
    template_id      uuid NOT NULL REFERENCES templates (id),
    -- The owner of the workspaces.
    user_id          uuid NOT NULL REFERENCES users (id),
    -- One bit for each minute of the half hour, so that the same minute of two reports counts once.
    used             integer NOT NULL,
    ssh              integer NOT NULL,
    reconnecting_pty integer NOT NULL,
    vscode           integer NOT NULL,
    jetbrains        integer NOT NULL,
    latency_total_ms double precision NOT NULL,
    latency_samples  integer NOT NULL,
    PRIMARY KEY (started_at, template_id, user_id)
);
CREATE INDEX template_usage_template ON template_usage (template_id, started_at);

CREATE TABLE user_status_changes (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES users (id),
    status     text NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX user_status_changes_user ON user_status_changes (user_id, changed_at DESC, id DESC);

INSERT INTO user_status_changes (user_id, status, changed_at)
SELECT id, CASE WHEN deleted THEN 'deleted' ELSE status END, created_at FROM users;

-- In the database, so that no way of changing a status can forget it.
CREATE FUNCTION record_user_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.status <> OLD.status OR NEW.deleted <> OLD.deleted THEN
        INSERT INTO user_status_changes (user_id, status, changed_at)
        VALUES (NEW.id, CASE WHEN NEW.deleted THEN 'deleted' ELSE NEW.status END, now());
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER users_status AFTER INSERT OR UPDATE OF status, deleted ON users
    FOR EACH ROW EXECUTE FUNCTION record_user_status();
