-- Workspaces, their builds, and what a build made: resources, agents, scripts, apps, metadata, logs.

CREATE TABLE workspaces (
    id                 uuid PRIMARY KEY,
    organization_id    uuid NOT NULL REFERENCES organizations (id),
    owner_id           uuid NOT NULL REFERENCES users (id),
    template_id        uuid NOT NULL REFERENCES templates (id),
    name               text NOT NULL CHECK (length(name) BETWEEN 1 AND 32),
    autostart_schedule text,
    ttl                bigint,
    automatic_updates  text NOT NULL DEFAULT 'never',
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    last_used_at       timestamptz NOT NULL,
    deleted            boolean NOT NULL DEFAULT FALSE
);
CREATE UNIQUE INDEX workspaces_name ON workspaces (owner_id, lower(name)) WHERE NOT deleted;
CREATE INDEX workspaces_organization ON workspaces (organization_id) WHERE NOT deleted;
CREATE INDEX workspaces_template ON workspaces (template_id) WHERE NOT deleted;

CREATE TABLE workspace_builds (
    id                  uuid PRIMARY KEY,
    workspace_id        uuid NOT NULL REFERENCES workspaces (id),
    template_version_id uuid NOT NULL REFERENCES template_versions (id),
    build_number        integer NOT NULL CHECK (build_number > 0),
    transition          text NOT NULL CHECK (transition IN ('start', 'stop', 'delete')),
    reason              text NOT NULL,
    initiator_id        uuid NOT NULL REFERENCES users (id),
    job_id              uuid NOT NULL UNIQUE REFERENCES provisioner_jobs (id),
    deadline            timestamptz,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    UNIQUE (workspace_id, build_number)
);

CREATE TABLE workspace_build_parameters (
    workspace_build_id uuid NOT NULL REFERENCES workspace_builds (id),
    name               text NOT NULL,
    value              text NOT NULL,
    PRIMARY KEY (workspace_build_id, name)
);

CREATE TABLE workspace_resources (
    id         uuid PRIMARY KEY,
    job_id     uuid NOT NULL REFERENCES provisioner_jobs (id),
    transition text NOT NULL,
    type       text NOT NULL,
    name       text NOT NULL,
    icon       text NOT NULL DEFAULT '',
    position   integer NOT NULL,
    metadata   jsonb NOT NULL DEFAULT '[]',
    created_at timestamptz NOT NULL
);
CREATE INDEX workspace_resources_job ON workspace_resources (job_id);

CREATE TABLE workspace_agents (
    id                   uuid PRIMARY KEY,
    resource_id          uuid NOT NULL REFERENCES workspace_resources (id),
    workspace_id         uuid NOT NULL REFERENCES workspaces (id),
    build_id             uuid NOT NULL REFERENCES workspace_builds (id),
    name                 text NOT NULL,
    -- SHA-256 of the token; the token itself is nowhere but in the agent.
    hashed_token         bytea NOT NULL UNIQUE CHECK (length(hashed_token) = 32),
    ssh_host_key         text NOT NULL,
    operating_system     text NOT NULL,
    architecture         text NOT NULL,
    directory            text NOT NULL DEFAULT '',
    expanded_directory   text NOT NULL DEFAULT '',
    version              text NOT NULL DEFAULT '',
    environment          jsonb NOT NULL DEFAULT '{}',
    lifecycle_state      text NOT NULL DEFAULT 'created',
    started_at           timestamptz,
    ready_at             timestamptz,
    first_connected_at   timestamptz,
    last_connected_at    timestamptz,
    disconnected_at      timestamptz,
    connection_timeout_seconds integer NOT NULL DEFAULT 120,
    logs_length          integer NOT NULL DEFAULT 0,
    logs_overflowed      boolean NOT NULL DEFAULT FALSE,
    created_at           timestamptz NOT NULL,
    updated_at           timestamptz NOT NULL
);
CREATE INDEX workspace_agents_build ON workspace_agents (build_id);
CREATE INDEX workspace_agents_workspace ON workspace_agents (workspace_id);

CREATE TABLE workspace_agent_log_sources (
    agent_id     uuid NOT NULL REFERENCES workspace_agents (id),
    id           uuid NOT NULL,
    display_name text NOT NULL,
    icon         text NOT NULL DEFAULT '',
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (agent_id, id)
);

CREATE TABLE workspace_agent_scripts (
    id                 uuid PRIMARY KEY,
    agent_id           uuid NOT NULL REFERENCES workspace_agents (id),
    log_source_id      uuid NOT NULL,
    position           integer NOT NULL,
    display_name       text NOT NULL,
    script             text NOT NULL,
    cron               text NOT NULL DEFAULT '',
    run_on_start       boolean NOT NULL,
    run_on_stop        boolean NOT NULL,
    start_blocks_login boolean NOT NULL,
    timeout_seconds    integer NOT NULL,
    log_path           text NOT NULL DEFAULT '',
    exit_code          integer,
    status             text,
    created_at         timestamptz NOT NULL
);
CREATE INDEX workspace_agent_scripts_agent ON workspace_agent_scripts (agent_id, position);

CREATE TABLE workspace_agent_metadata (
    agent_id     uuid NOT NULL REFERENCES workspace_agents (id),
    key          text NOT NULL,
    position     integer NOT NULL,
    display_name text NOT NULL,
    script       text NOT NULL,
    interval_ms  bigint NOT NULL,
    timeout_ms   bigint NOT NULL,
    value        text NOT NULL DEFAULT '',
    error        text NOT NULL DEFAULT '',
    collected_at timestamptz NOT NULL DEFAULT '0001-01-01T00:00:00Z',
    PRIMARY KEY (agent_id, key)
);

CREATE TABLE workspace_agent_logs (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agent_id      uuid NOT NULL REFERENCES workspace_agents (id),
    log_source_id uuid NOT NULL,
    created_at    timestamptz NOT NULL,
    level         text NOT NULL,
    output        text NOT NULL
);
CREATE INDEX workspace_agent_logs_agent ON workspace_agent_logs (agent_id, id);

CREATE TABLE workspace_apps (
    id                   uuid PRIMARY KEY,
    agent_id             uuid NOT NULL REFERENCES workspace_agents (id),
    slug                 text NOT NULL,
    position             integer NOT NULL,
    display_name         text NOT NULL,
    icon                 text NOT NULL DEFAULT '',
    url                  text NOT NULL DEFAULT '',
    command              text NOT NULL DEFAULT '',
    external             boolean NOT NULL DEFAULT FALSE,
    subdomain            boolean NOT NULL,
    sharing_level        text NOT NULL,
    healthcheck_url      text NOT NULL DEFAULT '',
    healthcheck_interval integer NOT NULL DEFAULT 0,
    healthcheck_threshold integer NOT NULL DEFAULT 0,
    health               text NOT NULL,
    hidden               boolean NOT NULL DEFAULT FALSE,
    open_in              text NOT NULL DEFAULT 'slim-window',
    created_at           timestamptz NOT NULL,
    UNIQUE (agent_id, slug)
);
