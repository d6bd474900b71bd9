package dev.cloister.server.organization;

import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Ignored;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import java.time.Instant;
import java.util.UUID;

/** An organization, as stored. */
public record Tenant(
        @Tracked OrganizationId id,
        @Tracked String name,
        @Tracked String displayName,
        @Tracked String description,
        @Tracked String icon,
        @Tracked boolean isDefault,
        @Ignored Instant createdAt,
        @Ignored Instant updatedAt)
        implements Audited {
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
