-- What people bring along into their workspaces. Every secret column holds what the server's cipher wrote.

CREATE TABLE git_ssh_keys (
    user_id     uuid PRIMARY KEY REFERENCES users (id),
    public_key  text NOT NULL,
    private_key bytea NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL
);

CREATE TABLE user_secrets (
    id          uuid PRIMARY KEY,
    user_id     uuid NOT NULL REFERENCES users (id),
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
    description text NOT NULL CHECK (length(description) <= 1000),
    env_name    text NOT NULL CHECK (length(env_name) <= 128),
    file_path   text NOT NULL CHECK (length(file_path) <= 1024),
    enabled     boolean NOT NULL,
    value       bytea NOT NULL,
    value_bytes integer NOT NULL CHECK (value_bytes BETWEEN 1 AND 24576),
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    UNIQUE (user_id, name)
);
CREATE UNIQUE INDEX user_secrets_variable ON user_secrets (user_id, env_name) WHERE env_name <> '';
CREATE UNIQUE INDEX user_secrets_file ON user_secrets (user_id, file_path) WHERE file_path <> '';

CREATE TABLE external_auth_links (
    user_id         uuid NOT NULL REFERENCES users (id),
    provider_id     text NOT NULL CHECK (length(provider_id) BETWEEN 1 AND 40),
    access_token    bytea NOT NULL,
    refresh_token   bytea,
    expires_at      timestamptz,
    refresh_failure text NOT NULL DEFAULT '' CHECK (length(refresh_failure) <= 200),
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    PRIMARY KEY (user_id, provider_id)
);

CREATE TABLE user_skills (
    id          uuid PRIMARY KEY,
    user_id     uuid NOT NULL REFERENCES users (id),
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
    description text NOT NULL CHECK (length(description) <= 1024),
    content     text NOT NULL,
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    UNIQUE (user_id, name)
);
