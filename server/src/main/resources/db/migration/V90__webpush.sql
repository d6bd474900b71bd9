-- Browsers in which people want to be told. Endpoints and keys are encrypted; an endpoint is found by its hash.
CREATE TABLE webpush_subscriptions (
    id            uuid PRIMARY KEY,
    user_id       uuid NOT NULL REFERENCES users (id),
    endpoint_hash bytea NOT NULL CHECK (length(endpoint_hash) = 32),
    subscription  bytea NOT NULL CHECK (length(subscription) <= 8192),
    created_at    timestamptz NOT NULL,
    UNIQUE (user_id, endpoint_hash)
);

ALTER TABLE notification_messages
    DROP CONSTRAINT notification_messages_method_check,
    ADD CONSTRAINT notification_messages_method_check CHECK (method IN ('inbox', 'smtp', 'webhook', 'webpush'));
