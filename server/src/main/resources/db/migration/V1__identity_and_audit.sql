-- People, tenants, credentials, and the log of what they do.

CREATE TABLE users (
    id              uuid PRIMARY KEY,
    username        text NOT NULL CHECK (length(username) BETWEEN 1 AND 32),
    email           text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    name            text NOT NULL DEFAULT '' CHECK (length(name) <= 128),
    avatar_url      text NOT NULL DEFAULT '',
    hashed_password text NOT NULL DEFAULT '',
    login_type      text NOT NULL CHECK (login_type IN ('password', 'none')),
    status          text NOT NULL CHECK (status IN ('active', 'dormant', 'suspended')),
    rbac_roles      text[] NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    last_seen_at    timestamptz NOT NULL DEFAULT '0001-01-01T00:00:00Z',
    deleted         boolean NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX users_username ON users (lower(username)) WHERE NOT deleted;
CREATE UNIQUE INDEX users_email ON users (lower(email)) WHERE NOT deleted;

CREATE TABLE organizations (
    id           uuid PRIMARY KEY,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 36),
    display_name text NOT NULL DEFAULT '',
    description  text NOT NULL DEFAULT '',
    icon         text NOT NULL DEFAULT '',
    is_default   boolean NOT NULL DEFAULT FALSE,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    deleted      boolean NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX organizations_name ON organizations (lower(name)) WHERE NOT deleted;
CREATE UNIQUE INDEX organizations_default ON organizations (is_default) WHERE is_default;

CREATE TABLE organization_members (
    organization_id uuid NOT NULL REFERENCES organizations (id),
    user_id         uuid NOT NULL REFERENCES users (id),
    roles           text[] NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (organization_id, user_id)
);
CREATE INDEX organization_members_user ON organization_members (user_id);

-- A session or a token. Only a hash of the secret half is kept.
CREATE TABLE api_keys (
    id               text PRIMARY KEY CHECK (length(id) = 10),
    hashed_secret    bytea NOT NULL CHECK (length(hashed_secret) = 32),
    user_id          uuid NOT NULL REFERENCES users (id),
    login_type       text NOT NULL CHECK (login_type IN ('password', 'token')),
    token_name       text NOT NULL DEFAULT '' CHECK (length(token_name) <= 64),
    scopes           text[] NOT NULL,
    lifetime_seconds bigint NOT NULL CHECK (lifetime_seconds > 0),
    address          text NOT NULL DEFAULT '',
    user_agent       text NOT NULL DEFAULT '',
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    last_used        timestamptz NOT NULL,
    expires_at       timestamptz NOT NULL
);
CREATE INDEX api_keys_user ON api_keys (user_id);
CREATE INDEX api_keys_expiry ON api_keys (expires_at);
CREATE UNIQUE INDEX api_keys_token_name ON api_keys (user_id, token_name) WHERE login_type = 'token';

-- What the server makes for itself once: the set-up token's hash, the key that signs tickets.
CREATE TABLE server_keys (
    name       text PRIMARY KEY,
    value      bytea NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE audit_events (
    sequence          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id                uuid NOT NULL UNIQUE,
    time              timestamptz NOT NULL,
    actor_id          uuid,
    actor_name        text NOT NULL,
    organization_id   uuid,
    address           text NOT NULL,
    user_agent        text NOT NULL,
    resource_type     text NOT NULL,
    resource_id       uuid,
    resource_target   text NOT NULL,
    action            text NOT NULL,
    diff              jsonb NOT NULL,
    status_code       integer NOT NULL,
    additional_fields jsonb NOT NULL,
    request_id        uuid NOT NULL
);
CREATE INDEX audit_events_time ON audit_events (time DESC);
CREATE INDEX audit_events_actor ON audit_events (actor_id, sequence DESC);
CREATE INDEX audit_events_resource ON audit_events (resource_id, sequence DESC);

CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only';
END
$$;
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
