-- What people are told: the queue of messages, their inboxes, and what they and the deployment decide about it.

CREATE TABLE notification_settings (
    only_row boolean PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    paused   boolean NOT NULL DEFAULT FALSE
);
INSERT INTO notification_settings DEFAULT VALUES;

-- The method of a template where it is not that of the deployment.
CREATE TABLE notification_template_methods (
    template_id uuid PRIMARY KEY,
    method      text NOT NULL CHECK (method IN ('inbox', 'smtp', 'webhook'))
);

CREATE TABLE notification_preferences (
    user_id     uuid NOT NULL REFERENCES users (id),
    template_id uuid NOT NULL,
    disabled    boolean NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    PRIMARY KEY (user_id, template_id)
);

-- One row for each message, recipient and method. A message that is worked on is due again when its lease ends:
-- next_attempt_at is that end then, and lease says by whom.
CREATE TABLE notification_messages (
    id              uuid PRIMARY KEY,
    template_id     uuid NOT NULL,
    user_id         uuid NOT NULL REFERENCES users (id),
    method          text NOT NULL CHECK (method IN ('inbox', 'smtp', 'webhook')),
    labels          jsonb NOT NULL CHECK (length(labels::text) <= 65536),
    targets         uuid[] NOT NULL,
    created_by      text NOT NULL,
    -- The same thing is told once a day: a hash of template, labels, targets and day.
    fingerprint     bytea NOT NULL,
    status          text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'sent', 'failed', 'inhibited')),
    attempts        integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    lease           uuid,
    last_error      text NOT NULL DEFAULT '' CHECK (length(last_error) <= 1000),
    created_at      timestamptz NOT NULL,
    UNIQUE (user_id, method, fingerprint)
);
CREATE INDEX notification_messages_due ON notification_messages (next_attempt_at) WHERE status = 'waiting';
CREATE INDEX notification_messages_age ON notification_messages (created_at);

CREATE TABLE inbox_notifications (
    id          uuid PRIMARY KEY,
    user_id     uuid NOT NULL REFERENCES users (id),
    template_id uuid NOT NULL,
    targets     uuid[] NOT NULL,
    title       text NOT NULL,
    content     text NOT NULL,
    icon        text NOT NULL,
    actions     jsonb NOT NULL,
    read_at     timestamptz,
    created_at  timestamptz NOT NULL
);
CREATE INDEX inbox_notifications_newest ON inbox_notifications (user_id, created_at DESC, id DESC);
CREATE INDEX inbox_notifications_unread ON inbox_notifications (user_id) WHERE read_at IS NULL;
CREATE INDEX inbox_notifications_age ON inbox_notifications (created_at);
