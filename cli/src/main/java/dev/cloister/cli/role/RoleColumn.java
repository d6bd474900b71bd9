package dev.cloister.cli.role;

import dev.cloister.cli.terminal.Column;
import dev.cloister.contract.api.AssignableRoles;
import dev.cloister.contract.api.Permission;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What a list of roles can show. */
enum RoleColumn implements Column<AssignableRoles> {
    NAME,
    DISPLAY_NAME,
    ORGANIZATION_ID,
    SITE_PERMISSIONS,
    ORGANIZATION_PERMISSIONS,
    USER_PERMISSIONS,
    MEMBER_PERMISSIONS,
    ASSIGNABLE,
    BUILT_IN;

    private static final int SHOWN = 4;

    @Override
    public String cell(AssignableRoles role, Instant now) {
        return switch (this) {
            case NAME -> role.name();
            case DISPLAY_NAME -> role.displayName();
            case ORGANIZATION_ID -> role.organizationId();
            case SITE_PERMISSIONS -> some(role.sitePermissions());
            case ORGANIZATION_PERMISSIONS -> some(role.organizationPermissions());
            case USER_PERMISSIONS -> some(role.userPermissions());
            case MEMBER_PERMISSIONS -> some(role.organizationMemberPermissions());
            case ASSIGNABLE -> Boolean.toString(role.assignable());
            case BUILT_IN -> Boolean.toString(role.builtIn());
        };
    }

    private static String some(List<Permission> permissions) {
        return permissions.size() > SHOWN
                ? permissions.size() + " permissions"
                : permissions.stream().map(PermissionText::of).collect(Collectors.joining(" "));
    }

    @Override
    public String toString() {
        return Column.name(this);
    }
}
