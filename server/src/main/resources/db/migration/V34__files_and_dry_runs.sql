-- Archives that nothing is made of are counted by their owner, and dry runs by who asked for them.

CREATE INDEX files_owner ON files (created_by, created_at);
CREATE INDEX provisioner_jobs_dry_runs ON provisioner_jobs (initiator_id)
    WHERE type = 'template_version_dry_run' AND completed_at IS NULL;
