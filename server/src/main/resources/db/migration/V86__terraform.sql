-- What Terraform remembers of what a build made, encrypted: it holds the tokens of agents and whatever else a provider
-- writes into it. Kept by build; the newest of a workspace counts.
CREATE TABLE workspace_build_states (
    workspace_build_id uuid PRIMARY KEY REFERENCES workspace_builds (id) ON DELETE CASCADE,
    state              bytea NOT NULL,
    updated_at         timestamptz NOT NULL
);

-- An agent that makes its SSH host key itself, and tells it with its token.
ALTER TABLE workspace_agents ADD COLUMN tells_host_key boolean NOT NULL DEFAULT FALSE;

-- Resources that their template wants out of sight.
ALTER TABLE workspace_resources ADD COLUMN hide boolean NOT NULL DEFAULT FALSE;
