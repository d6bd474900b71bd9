package dev.cloister.contract.api;

import java.util.List;

/**
 * A role to create or to change. A role of an organization has the two lists of organizations, a role of the site the
 * two others.
 */
public record CustomRoleRequest(
        String name,
        String displayName,
        List<Permission> sitePermissions,
        List<Permission> userPermissions,
        List<Permission> organizationPermissions,
        List<Permission> organizationMemberPermissions) {}
