package dev.cloister.server.workspace;

import dev.cloister.contract.api.AutomaticUpdates;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Ignored;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.template.TemplateId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A workspace, as stored. What state it is in follows from its latest build.
 *
 * @param ttl after how many milliseconds a started workspace stops; absent for never
 */
record Workspace(
        @Tracked WorkspaceId id,
        @Ignored UUID organizationId,
        @Tracked UUID ownerId,
        @Ignored String ownerName,
        @Tracked TemplateId templateId,
        @Tracked String name,
        @Tracked @Nullable Long ttl,
        @Tracked AutomaticUpdates automaticUpdates,
        @Ignored Instant createdAt,
        @Ignored boolean deleted)
        implements Audited {

    Workspace withName(String other) {
        return new Workspace(
                id, organizationId, ownerId, ownerName, templateId, other, ttl, automaticUpdates, createdAt, deleted);
    }

    Workspace withTtl(@Nullable Long other) {
        return new Workspace(
                id, organizationId, ownerId, ownerName, templateId, name, other, automaticUpdates, createdAt, deleted);
    }

    Workspace withAutomaticUpdates(AutomaticUpdates other) {
        return new Workspace(id, organizationId, ownerId, ownerName, templateId, name, ttl, other, createdAt, deleted);
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.WORKSPACE;
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
