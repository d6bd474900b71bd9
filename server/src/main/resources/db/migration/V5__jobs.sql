-- How often a job was begun, how much it logged, where a version's files came from, and what an agent speaks.

ALTER TABLE provisioner_jobs
    -- Begun again after a lost lease: bounded by the server, so that a job that kills its server cannot do so for ever.
    ADD COLUMN attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    ADD COLUMN logs_bytes      bigint NOT NULL DEFAULT 0,
    ADD COLUMN logs_overflowed boolean NOT NULL DEFAULT FALSE;
CREATE INDEX provisioner_jobs_file ON provisioner_jobs (file_id);

ALTER TABLE template_versions
    ADD COLUMN source_example_id text NOT NULL DEFAULT '';
CREATE INDEX template_versions_template ON template_versions (template_id, created_at DESC);

ALTER TABLE workspace_agents
    ADD COLUMN startup_behavior text NOT NULL DEFAULT 'non-blocking'
        CHECK (startup_behavior IN ('blocking', 'non-blocking')),
    ADD COLUMN api_version text NOT NULL DEFAULT '';
CREATE INDEX workspace_agents_resource ON workspace_agents (resource_id);
