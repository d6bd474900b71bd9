package dev.cloister.server.organization;

import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Ignored;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** That a person belongs to an organization, and with which roles besides those that every member has. */
public record Membership(
        @Ignored OrganizationId organization,
        @Tracked UUID userId,
        @Tracked String username,
        @Tracked List<String> roles,
        @Ignored Instant createdAt,
        @Ignored Instant updatedAt)
        implements Audited {
    public Membership {
        roles = List.copyOf(roles);
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.ORGANIZATION_MEMBER;
    }

    @Override
    public UUID auditedId() {
        return userId;
    }

    @Override
    public String auditedName() {
        return username;
    }

    @Override
    public UUID auditedOrganization() {
        return organization.value();
    }
}
