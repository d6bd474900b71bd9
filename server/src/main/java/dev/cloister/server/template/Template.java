package dev.cloister.server.template;

import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Ignored;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A template, as stored.
 *
 * @param userAcl what single people may do with it, as lists of actions
 * @param groupAcl what members of groups may do with it; the organization's id stands for everyone in it
 * @param deprecated what to tell people who use it; empty while it is in favour
 */
public record Template(
        @Tracked TemplateId id,
        @Ignored UUID organizationId,
        @Tracked String name,
        @Tracked String displayName,
        @Tracked String description,
        @Tracked String icon,
        @Tracked String provisioner,
        @Tracked TemplateVersionId activeVersionId,
        @Tracked UUID createdBy,
        @Tracked Map<UUID, List<String>> userAcl,
        @Tracked Map<UUID, List<String>> groupAcl,
        @Tracked String deprecated,
        @Tracked TemplateSettings settings,
        @Ignored Instant createdAt,
        @Ignored Instant updatedAt)
        implements Audited {
    /** What "Everyone" gets unless the template's author says otherwise. */
    static Map<UUID, List<String>> usableInside(UUID organization) {
        return Map.of(organization, TemplateRoles.USE);
    }

    public Template {
        userAcl = Map.copyOf(userAcl);
        groupAcl = Map.copyOf(groupAcl);
    }

    Template withActive(TemplateVersionId version, Instant now) {
        return new Template(
                id,
                organizationId,
                name,
                displayName,
                description,
                icon,
                provisioner,
                version,
                createdBy,
                userAcl,
                groupAcl,
                deprecated,
                settings,
                createdAt,
                now);
    }

    Template withGrants(Map<UUID, List<String>> users, Map<UUID, List<String>> groups, Instant now) {
        return new Template(
                id,
                organizationId,
                name,
                displayName,
                description,
                icon,
                provisioner,
                activeVersionId,
                createdBy,
                users,
                groups,
                deprecated,
                settings,
                createdAt,
                now);
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.TEMPLATE;
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
        return organizationId;
    }
}
