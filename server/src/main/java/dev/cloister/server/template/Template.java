package dev.cloister.server.template;

import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Ignored;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A template, as stored.
 *
 * @param everyone what all members of the organization may do with it
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
        @Tracked List<String> everyone,
        @Tracked String deprecated,
        @Tracked TemplateSettings settings,
        @Ignored Instant createdAt,
        @Ignored Instant updatedAt)
        implements Audited {
    /** What "Everyone" gets unless the template's author says otherwise. */
    static final List<String> USE = List.of("read", "use");

    public Template {
        everyone = List.copyOf(everyone);
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
                everyone,
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
