-- What the builds of a workspace take of its owner's quota.

ALTER TABLE workspace_builds ADD COLUMN daily_cost integer NOT NULL DEFAULT 0 CHECK (daily_cost >= 0);
ALTER TABLE workspace_resources ADD COLUMN daily_cost integer NOT NULL DEFAULT 0 CHECK (daily_cost >= 0);
CREATE INDEX workspaces_owner ON workspaces (owner_id, organization_id) WHERE NOT deleted;
