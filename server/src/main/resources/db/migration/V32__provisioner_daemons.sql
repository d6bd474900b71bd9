-- The workers that take jobs, and the switch for prepared workspaces.

CREATE TABLE provisioner_daemons (
    id           uuid PRIMARY KEY,
    name         text NOT NULL,
    version      text NOT NULL,
    created_at   timestamptz NOT NULL,
    -- By the clock of the database, which all servers share.
    last_seen_at timestamptz NOT NULL
);
CREATE INDEX provisioner_daemons_seen ON provisioner_daemons (last_seen_at);
CREATE INDEX provisioner_jobs_worker ON provisioner_jobs (worker_id, created_at DESC) WHERE worker_id IS NOT NULL;
CREATE INDEX provisioner_jobs_organization ON provisioner_jobs (organization_id, created_at DESC);

CREATE TABLE prebuilds_settings (
    only_row              boolean PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    reconciliation_paused boolean NOT NULL
);
INSERT INTO prebuilds_settings (reconciliation_paused) VALUES (FALSE);
