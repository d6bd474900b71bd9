-- Variables and presets of versions, and dry runs.

-- What the importer gave; the defaults of other variables are part of the version's plan.
CREATE TABLE template_version_variables (
    template_version_id uuid NOT NULL REFERENCES template_versions (id),
    name                text NOT NULL,
    value               text NOT NULL,
    PRIMARY KEY (template_version_id, name)
);

CREATE TABLE template_version_presets (
    id                  uuid PRIMARY KEY,
    template_version_id uuid NOT NULL REFERENCES template_versions (id),
    position            integer NOT NULL,
    definition          jsonb NOT NULL
);
CREATE INDEX template_version_presets_version ON template_version_presets (template_version_id, position);

ALTER TABLE provisioner_jobs DROP CONSTRAINT provisioner_jobs_type_check;
ALTER TABLE provisioner_jobs ADD CONSTRAINT provisioner_jobs_type_check
    CHECK (type IN ('template_version_import', 'template_version_dry_run', 'workspace_build'));

CREATE TABLE template_version_dry_runs (
    job_id              uuid PRIMARY KEY REFERENCES provisioner_jobs (id),
    template_version_id uuid NOT NULL REFERENCES template_versions (id),
    -- What would be made; empty until the job has succeeded.
    resources           jsonb NOT NULL DEFAULT '[]'
);
CREATE INDEX template_version_dry_runs_version ON template_version_dry_runs (template_version_id);
