package dev.cloister.server.workspace;

import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Ignored;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.audit.Difference;
import dev.cloister.server.build.JobId;
import dev.cloister.server.template.TemplateVersionId;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One change of a workspace: a start, a stop or the deletion, as stored. */
record WorkspaceBuild(
        @Ignored WorkspaceBuildId id,
        @Ignored WorkspaceId workspaceId,
        @Ignored String workspaceName,
        @Ignored String ownerName,
        @Ignored UUID organizationId,
        @Tracked TemplateVersionId templateVersionId,
        @Ignored int number,
        @Ignored WorkspaceTransition transition,
        @Ignored BuildReason reason,
        @Ignored UUID initiatorId,
        @Ignored JobId jobId,
        @Ignored @Nullable UUID presetId,
        @Ignored Instant createdAt)
        implements Audited {
    @Override
    public AuditedType auditedType() {
        return AuditedType.WORKSPACE_BUILD;
    }

    @Override
    public UUID auditedId() {
        return id.value();
    }

    @Override
    public String auditedName() {
        return workspaceName;
    }

    @Override
    public UUID auditedOrganization() {
        return organizationId;
    }

    /** That somebody asked for it. */
    AuditEvent requested() {
        return event(Difference.created(this), 201).with("outcome", "requested");
    }

    /** How it ended. */
    AuditEvent ended(String outcome, int status) {
        return event(Map.of(), status).with("outcome", outcome).by(initiatorId);
    }

    /** That somebody wants it called off. */
    AuditEvent cancellation() {
        return AuditEvent.done(AuditAction.WRITE, this)
                .with("build_number", Integer.toString(number))
                .with("outcome", "cancellation requested");
    }

    private AuditEvent event(Map<String, dev.cloister.contract.api.AuditDiffField> difference, int status) {
        AuditAction action = switch (transition) {
            case START -> AuditAction.START;
            case STOP -> AuditAction.STOP;
            case DELETE -> AuditAction.DELETE;
        };
        Map<String, String> facts = Map.of(
                "workspace_name", workspaceName,
                "workspace_id", workspaceId.value().toString(),
                "workspace_owner", ownerName,
                "build_number", Integer.toString(number),
                "build_reason", reason.name().toLowerCase(Locale.ROOT));
        return new AuditEvent(
                action,
                AuditedType.WORKSPACE_BUILD,
                id.value(),
                workspaceName,
                organizationId,
                difference,
                status,
                facts,
                null);
    }
}
