package dev.cloister.server;

import dev.cloister.provisioner.sandbox.WorkspaceEvents;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.audit.Transactions;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What befalls a running sandbox without anybody's doing, in the log and on the audit log. */
final class SandboxNews implements WorkspaceEvents {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxNews.class);

    private final Transactions transactions;

    SandboxNews(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void happened(UUID workspaceId, Kind kind, String message) {
        LOG.warn("workspace {}: {}", workspaceId, message);
        var job = new Caller.Job("sandbox", Set.of(), Origin.internal());
        try {
            transactions.record(
                    job,
                    new AuditEvent(
                            kind == Kind.RELAUNCHED ? AuditAction.START : AuditAction.STOP,
                            AuditedType.WORKSPACE,
                            workspaceId,
                            workspaceId.toString(),
                            null,
                            Map.of(),
                            kind == Kind.RELAUNCHED ? 200 : 500,
                            Map.of("what", kind.name().toLowerCase(Locale.ROOT), "message", message),
                            null));
        } catch (RuntimeException e) {
            LOG.warn("what happened to workspace {} could not be recorded", workspaceId, e);
        }
    }
}
