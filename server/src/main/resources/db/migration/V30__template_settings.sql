-- What a template decides for its workspaces. Times are in milliseconds; 0 means never.

ALTER TABLE templates
    ADD COLUMN autostop_days                  text[] NOT NULL DEFAULT '{}',
    ADD COLUMN autostop_weeks                 integer NOT NULL DEFAULT 1 CHECK (autostop_weeks BETWEEN 1 AND 16),
    ADD COLUMN autostart_days                 text[] NOT NULL
        DEFAULT '{monday,tuesday,wednesday,thursday,friday,saturday,sunday}',
    ADD COLUMN allow_user_autostart           boolean NOT NULL DEFAULT TRUE,
    ADD COLUMN allow_user_autostop            boolean NOT NULL DEFAULT TRUE,
    ADD COLUMN failure_ttl                    bigint NOT NULL DEFAULT 0 CHECK (failure_ttl >= 0),
    ADD COLUMN time_til_dormant               bigint NOT NULL DEFAULT 0 CHECK (time_til_dormant >= 0),
    ADD COLUMN time_til_dormant_autodelete    bigint NOT NULL DEFAULT 0 CHECK (time_til_dormant_autodelete >= 0),
    ADD COLUMN time_til_autostop_notify       bigint NOT NULL DEFAULT 0 CHECK (time_til_autostop_notify >= 0),
    ADD COLUMN require_active_version         boolean NOT NULL DEFAULT FALSE,
    ADD COLUMN max_port_share_level           text NOT NULL DEFAULT 'owner'
        CHECK (max_port_share_level IN ('owner', 'authenticated', 'organization', 'public')),
    ADD COLUMN cors_behavior                  text NOT NULL DEFAULT 'simple'
        CHECK (cors_behavior IN ('simple', 'passthru')),
    ADD COLUMN use_classic_parameter_flow     boolean NOT NULL DEFAULT TRUE,
    ADD COLUMN disable_module_cache           boolean NOT NULL DEFAULT FALSE;
