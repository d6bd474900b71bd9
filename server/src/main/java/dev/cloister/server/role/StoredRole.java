package dev.cloister.server.role;

import dev.cloister.contract.api.Permission;
import dev.cloister.server.access.CustomRole;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A role that administrators made, as stored. */
record StoredRole(
        @Ignored UUID id,
        @Tracked String name,
        @Tracked String displayName,
        @Ignored @Nullable UUID organizationId,
        @Tracked List<Permission> sitePermissions,
        @Tracked List<Permission> userPermissions,
        @Tracked List<Permission> orgPermissions,
        @Tracked List<Permission> memberPermissions,
        @Ignored Instant createdAt,
        @Ignored Instant updatedAt)
        implements Audited {
    static StoredRole of(UUID id, CustomRole role, Instant createdAt, Instant updatedAt) {
        return new StoredRole(
                id,
                role.name(),
                role.displayName(),
                role.organization(),
                PermissionViews.wire(role.site()),
                PermissionViews.wire(role.user()),
                PermissionViews.wire(role.all()),
                PermissionViews.wire(role.mine()),
                createdAt,
                updatedAt);
    }

    CustomRole role() {
        return new CustomRole(
                name,
                displayName,
                organizationId,
                PermissionViews.known(sitePermissions),
                PermissionViews.known(userPermissions),
                PermissionViews.known(orgPermissions),
                PermissionViews.known(memberPermissions));
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.CUSTOM_ROLE;
    }

    @Override
    public UUID auditedId() {
        return id;
    }

    @Override
    public String auditedName() {
        return name;
    }

    @Override
    public @Nullable UUID auditedOrganization() {
        return organizationId;
    }
}
