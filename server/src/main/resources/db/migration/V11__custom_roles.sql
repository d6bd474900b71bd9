-- Roles that administrators make: of an organization, or of the site where organization_id is null.

CREATE TABLE custom_roles (
    id                 uuid PRIMARY KEY,
    organization_id    uuid REFERENCES organizations (id),
    name               text NOT NULL CHECK (length(name) BETWEEN 1 AND 32),
    display_name       text NOT NULL DEFAULT '' CHECK (length(display_name) <= 64),
    site_permissions   jsonb NOT NULL DEFAULT '[]',
    user_permissions   jsonb NOT NULL DEFAULT '[]',
    org_permissions    jsonb NOT NULL DEFAULT '[]',
    member_permissions jsonb NOT NULL DEFAULT '[]',
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL,
    -- A role of an organization must not reach beyond it.
    CHECK (organization_id IS NULL OR (site_permissions = '[]' AND user_permissions = '[]')),
    CHECK (organization_id IS NOT NULL OR (org_permissions = '[]' AND member_permissions = '[]'))
);
CREATE UNIQUE INDEX custom_roles_name ON custom_roles
    (coalesce(organization_id, '00000000-0000-0000-0000-000000000000'), lower(name));
