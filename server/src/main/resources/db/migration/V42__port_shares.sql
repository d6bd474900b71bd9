-- Ports of workspaces that others than their owner may open. They stay when the workspace is built anew, by the name of
-- its agent.

CREATE TABLE workspace_port_shares (
    workspace_id uuid NOT NULL REFERENCES workspaces (id),
    agent_name   text NOT NULL CHECK (length(agent_name) BETWEEN 1 AND 64),
    port         integer NOT NULL CHECK (port BETWEEN 9 AND 65535),
    share_level  text NOT NULL CHECK (share_level IN ('organization', 'authenticated', 'public')),
    protocol     text NOT NULL CHECK (protocol IN ('http', 'https')),
    PRIMARY KEY (workspace_id, agent_name, port)
);
