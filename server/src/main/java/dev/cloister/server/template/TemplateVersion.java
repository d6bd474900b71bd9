package dev.cloister.server.template;

import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Ignored;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.build.JobId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One immutable state of a template, as stored; only its name, message and archive mark can change.
 *
 * @param templateId absent until a template is made of it
 * @param imported whether its import has succeeded
 */
record TemplateVersion(
        @Tracked TemplateVersionId id,
        @Tracked @Nullable TemplateId templateId,
        @Ignored UUID organizationId,
        @Tracked String name,
        @Tracked String message,
        @Ignored String readme,
        @Ignored JobId jobId,
        @Tracked UUID createdBy,
        @Tracked boolean archived,
        @Tracked String sourceExampleId,
        @Ignored boolean imported,
        @Ignored Instant createdAt)
        implements Audited {
    @Override
    public AuditedType auditedType() {
        return AuditedType.TEMPLATE_VERSION;
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
