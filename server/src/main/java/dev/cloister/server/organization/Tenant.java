package dev.cloister.server.organization;

import dev.cloister.server.access.Sharing;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An organization, as stored.
 *
 * @param defaultOrgMemberRoles what every member has besides the roles given to them
 * @param shareableWorkspaceOwners whose workspaces can be shared
 */
public record Tenant(
        @Tracked OrganizationId id,
        @Tracked String name,
        @Tracked String displayName,
        @Tracked String description,
        @Tracked String icon,
        @Tracked boolean isDefault,
        @Tracked List<String> defaultOrgMemberRoles,
        @Tracked Sharing shareableWorkspaceOwners,
        @Ignored Instant createdAt,
        @Ignored Instant updatedAt)
        implements Audited {
    public Tenant {
        defaultOrgMemberRoles = List.copyOf(defaultOrgMemberRoles);
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.ORGANIZATION;
    }

    @Override
    public UUID auditedId() {
        return id.value();
    }

    @Override
    public String auditedName() {
        return name;
    }

    @Override
    public UUID auditedOrganization() {
        return id.value();
    }
}
