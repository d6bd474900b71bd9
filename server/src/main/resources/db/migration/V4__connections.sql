-- Who was connected to which workspace, when, from where, and how it ended.

CREATE TABLE connection_logs (
    id                  uuid PRIMARY KEY,
    organization_id     uuid NOT NULL REFERENCES organizations (id),
    workspace_id        uuid NOT NULL REFERENCES workspaces (id),
    workspace_owner_id  uuid NOT NULL REFERENCES users (id),
    workspace_name      text NOT NULL,
    agent_name          text NOT NULL,
    type                text NOT NULL,
    user_id             uuid REFERENCES users (id),
    address             text NOT NULL,
    user_agent          text NOT NULL,
    slug_or_port        text NOT NULL DEFAULT '',
    status_code         integer NOT NULL DEFAULT 0,
    connected_at        timestamptz NOT NULL,
    disconnected_at     timestamptz,
    disconnect_reason   text NOT NULL DEFAULT '',
    bytes_from_user     bigint NOT NULL DEFAULT 0,
    bytes_to_user       bigint NOT NULL DEFAULT 0,
    -- The server process that carries it; rows of a dead one are closed by the others, or by the next start.
    server_id           uuid NOT NULL
);
CREATE INDEX connection_logs_time ON connection_logs (connected_at DESC);
CREATE INDEX connection_logs_workspace ON connection_logs (workspace_id, connected_at DESC);
CREATE INDEX connection_logs_open ON connection_logs (id) WHERE disconnected_at IS NULL;

-- The server processes that share this database. One that has not been seen for a while is dead.
CREATE TABLE server_processes (
    id         uuid PRIMARY KEY,
    started_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL
);

-- Which connection of the agent counts, and which server process holds it: the latest one does.
ALTER TABLE workspace_agents ADD COLUMN session_id uuid;
ALTER TABLE workspace_agents ADD COLUMN session_server uuid;

-- What lets a browser into one app host: first a code that is used once, then a cookie. Both are kept as SHA-256 and
-- end with the session or token of the platform that they come from.
CREATE TABLE app_credentials (
    hashed_token  bytea PRIMARY KEY CHECK (length(hashed_token) = 32),
    kind          text NOT NULL CHECK (kind IN ('code', 'session')),
    host          text NOT NULL,
    credential_id text NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL
);
CREATE INDEX app_credentials_credential ON app_credentials (credential_id);
CREATE INDEX app_credentials_expiry ON app_credentials (expires_at);
