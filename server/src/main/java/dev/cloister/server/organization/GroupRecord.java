package dev.cloister.server.organization;

import dev.cloister.contract.api.GroupSource;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import java.util.List;
import java.util.UUID;

/**
 * A group, as stored.
 *
 * @param members the usernames, as far as a change is about them
 */
record GroupRecord(
        @Tracked GroupId id,
        @Ignored OrganizationId organizationId,
        @Tracked String name,
        @Tracked String displayName,
        @Tracked String avatarUrl,
        @Tracked int quotaAllowance,
        @Tracked List<String> members,
        @Ignored GroupSource source,
        @Ignored String organizationName,
        @Ignored String organizationDisplayName)
        implements Audited {
    /** The name of the group that everyone of an organization is in. */
    static final String EVERYONE = "Everyone";

    GroupRecord {
        members = List.copyOf(members);
    }

    boolean isEveryone() {
        return id.value().equals(organizationId.value());
    }

    GroupRecord withMembers(List<String> names) {
        return new GroupRecord(
                id,
                organizationId,
                name,
                displayName,
                avatarUrl,
                quotaAllowance,
                names,
                source,
                organizationName,
                organizationDisplayName);
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.GROUP;
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
        return organizationId.value();
    }
}
