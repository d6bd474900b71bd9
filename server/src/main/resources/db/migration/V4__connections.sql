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
    bytes_to_user       bigint NOT NULL DEFAULT 0
);
CREATE INDEX connection_logs_time ON connection_logs (connected_at DESC);
CREATE INDEX connection_logs_workspace ON connection_logs (workspace_id, connected_at DESC);
CREATE INDEX connection_logs_open ON connection_logs (id) WHERE disconnected_at IS NULL;
