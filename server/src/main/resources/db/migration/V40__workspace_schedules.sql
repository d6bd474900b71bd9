-- When workspaces start and stop by themselves, and when they are put to sleep.

ALTER TABLE users ADD COLUMN quiet_hours_schedule text NOT NULL DEFAULT '';

ALTER TABLE workspaces
    ADD COLUMN deleting_at timestamptz,
    ADD COLUMN next_start_at timestamptz,
    ADD COLUMN favorite boolean NOT NULL DEFAULT FALSE;
CREATE INDEX workspaces_next_start ON workspaces (next_start_at)
    WHERE NOT deleted AND next_start_at IS NOT NULL;
CREATE INDEX workspaces_dormant ON workspaces (dormant_at) WHERE NOT deleted AND dormant_at IS NOT NULL;

ALTER TABLE workspace_builds
    ADD COLUMN max_deadline timestamptz,
    -- The preset of the version that its parameters come from.
    ADD COLUMN template_version_preset_id uuid;

-- How long each run of a script took.
CREATE TABLE workspace_agent_script_timings (
    script_id  uuid NOT NULL REFERENCES workspace_agent_scripts (id),
    started_at timestamptz NOT NULL,
    ended_at   timestamptz NOT NULL,
    exit_code  integer NOT NULL,
    stage      text NOT NULL CHECK (stage IN ('start', 'stop', 'cron')),
    status     text NOT NULL,
    PRIMARY KEY (script_id, started_at)
);
