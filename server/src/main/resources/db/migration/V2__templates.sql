-- Uploaded files, templates and their versions, and the jobs that import them.

CREATE TABLE files (
    id         uuid PRIMARY KEY,
    hash       bytea NOT NULL CHECK (length(hash) = 32),
    created_by uuid NOT NULL REFERENCES users (id),
    media_type text NOT NULL,
    data       bytea NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (hash, created_by)
);

CREATE TABLE provisioner_jobs (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations (id),
    initiator_id    uuid NOT NULL REFERENCES users (id),
    type            text NOT NULL CHECK (type IN ('template_version_import', 'workspace_build')),
    provisioner     text NOT NULL,
    file_id         uuid NOT NULL REFERENCES files (id),
    input           jsonb NOT NULL,
    tags            jsonb NOT NULL DEFAULT '{"scope": "organization", "owner": ""}',
    created_at      timestamptz NOT NULL,
    started_at      timestamptz,
    canceled_at     timestamptz,
    completed_at    timestamptz,
    worker_id       uuid,
    -- A lease: the worker renews it; past it the job is taken for lost.
    leased_until    timestamptz,
    error           text NOT NULL DEFAULT '',
    error_code      text NOT NULL DEFAULT '',
    CHECK (completed_at IS NOT NULL OR error = ''),
    CHECK ((started_at IS NULL) = (worker_id IS NULL))
);
CREATE INDEX provisioner_jobs_waiting ON provisioner_jobs (created_at)
    WHERE started_at IS NULL AND completed_at IS NULL;
CREATE INDEX provisioner_jobs_running ON provisioner_jobs (leased_until)
    WHERE started_at IS NOT NULL AND completed_at IS NULL;

CREATE TABLE provisioner_job_logs (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job_id     uuid NOT NULL REFERENCES provisioner_jobs (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    source     text NOT NULL,
    level      text NOT NULL,
    stage      text NOT NULL,
    output     text NOT NULL
);
CREATE INDEX provisioner_job_logs_job ON provisioner_job_logs (job_id, id);

CREATE TABLE templates (
    id                uuid PRIMARY KEY,
    organization_id   uuid NOT NULL REFERENCES organizations (id),
    name              text NOT NULL CHECK (length(name) BETWEEN 1 AND 32),
    display_name      text NOT NULL DEFAULT '',
    description       text NOT NULL DEFAULT '',
    icon              text NOT NULL DEFAULT '',
    provisioner       text NOT NULL,
    active_version_id uuid NOT NULL,
    created_by        uuid NOT NULL REFERENCES users (id),
    group_acl         jsonb NOT NULL DEFAULT '{}',
    user_acl          jsonb NOT NULL DEFAULT '{}',
    deprecated        text NOT NULL DEFAULT '',
    default_ttl       bigint NOT NULL DEFAULT 0,
    activity_bump     bigint NOT NULL DEFAULT 0,
    allow_user_cancel_workspace_jobs boolean NOT NULL DEFAULT TRUE,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL,
    deleted           boolean NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX templates_name ON templates (organization_id, lower(name)) WHERE NOT deleted;

CREATE TABLE template_versions (
    id              uuid PRIMARY KEY,
    template_id     uuid REFERENCES templates (id),
    organization_id uuid NOT NULL REFERENCES organizations (id),
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
    message         text NOT NULL DEFAULT '',
    readme          text NOT NULL DEFAULT '',
    job_id          uuid NOT NULL UNIQUE REFERENCES provisioner_jobs (id),
    created_by      uuid NOT NULL REFERENCES users (id),
    archived        boolean NOT NULL DEFAULT FALSE,
    -- What the import found: resources and parameters, as the engine planned them.
    plan            jsonb NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX template_versions_name ON template_versions (template_id, lower(name));

ALTER TABLE templates ADD CONSTRAINT templates_active_version
    FOREIGN KEY (active_version_id) REFERENCES template_versions (id) DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE template_version_parameters (
    template_version_id uuid NOT NULL REFERENCES template_versions (id),
    name                text NOT NULL,
    position            integer NOT NULL,
    definition          jsonb NOT NULL,
    PRIMARY KEY (template_version_id, name)
);
