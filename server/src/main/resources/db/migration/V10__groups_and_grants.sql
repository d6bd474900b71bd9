-- Groups, grants on single workspaces, and what an organization decides on the rights of its members.

ALTER TABLE organizations
    ADD COLUMN default_org_member_roles text[] NOT NULL DEFAULT '{organization-workspace-access}',
    ADD COLUMN shareable_workspace_owners text NOT NULL DEFAULT 'everyone'
        CHECK (shareable_workspace_owners IN ('none', 'everyone', 'service_accounts'));

-- What every member has is said once, by the organization, instead of by every membership.
UPDATE organization_members SET roles = array_remove(roles, 'organization-workspace-access');

-- The group with the id of its organization is everyone in it; its members are those of the organization and have no
-- rows in group_members.
CREATE TABLE groups (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations (id),
    name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 36),
    display_name    text NOT NULL DEFAULT '' CHECK (length(display_name) <= 64),
    avatar_url      text NOT NULL DEFAULT '' CHECK (length(avatar_url) <= 2048),
    quota_allowance integer NOT NULL DEFAULT 0 CHECK (quota_allowance >= 0),
    source          text NOT NULL DEFAULT 'user' CHECK (source IN ('user', 'oidc')),
    created_at      timestamptz NOT NULL,
    UNIQUE (id, organization_id)
);
CREATE UNIQUE INDEX groups_name ON groups (organization_id, lower(name));

INSERT INTO groups (id, organization_id, name, created_at) SELECT id, id, 'Everyone', created_at FROM organizations;

-- Whoever leaves the organization leaves its groups: the database sees to it.
CREATE TABLE group_members (
    group_id        uuid NOT NULL,
    organization_id uuid NOT NULL,
    user_id         uuid NOT NULL,
    added_at        timestamptz NOT NULL,
    PRIMARY KEY (group_id, user_id),
    FOREIGN KEY (group_id, organization_id) REFERENCES groups (id, organization_id) ON DELETE CASCADE,
    FOREIGN KEY (organization_id, user_id) REFERENCES organization_members (organization_id, user_id)
        ON DELETE CASCADE,
    CHECK (group_id <> organization_id)
);
CREATE INDEX group_members_user ON group_members (user_id);
CREATE INDEX group_members_membership ON group_members (organization_id, user_id);

-- Lists of actions by user id and by group id, as templates have them.
ALTER TABLE workspaces
    ADD COLUMN user_acl   jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN group_acl  jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN IF NOT EXISTS dormant_at timestamptz;
