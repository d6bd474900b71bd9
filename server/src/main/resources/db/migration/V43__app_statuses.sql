-- What apps of workspaces said about what they are doing.

CREATE TABLE workspace_app_statuses (
    id           uuid PRIMARY KEY,
    created_at   timestamptz NOT NULL,
    workspace_id uuid NOT NULL REFERENCES workspaces (id),
    agent_id     uuid NOT NULL REFERENCES workspace_agents (id),
    app_id       uuid NOT NULL REFERENCES workspace_apps (id),
    state        text NOT NULL CHECK (state IN ('working', 'idle', 'complete', 'failure')),
    message      text NOT NULL,
    uri          text NOT NULL
);
CREATE INDEX workspace_app_statuses_app ON workspace_app_statuses (app_id, created_at DESC);
CREATE INDEX workspace_app_statuses_workspace ON workspace_app_statuses (workspace_id, created_at DESC);
