package dev.cloister.server;

import dev.cloister.provisioner.egress.EgressLog;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.audit.Transactions;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What workspaces asked of the network and did not get, on the audit log. */
final class EgressAudit implements EgressLog {
    private static final Logger LOG = LoggerFactory.getLogger(EgressAudit.class);

    private final Transactions transactions;

    EgressAudit(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void refused(Attempt attempt, String reason, long suppressed) {
        var job = new Caller.Job("egress", Set.of(), Origin.internal());
        try {
            transactions.record(
                    job,
                    new AuditEvent(
                            AuditAction.CONNECT,
                            AuditedType.WORKSPACE,
                            attempt.workspaceId(),
                            attempt.host() + ":" + attempt.port(),
                            null,
                            Map.of(),
                            403,
                            Map.of("reason", reason, "left_out", Long.toString(suppressed)),
                            null));
        } catch (RuntimeException e) {
            LOG.warn("a refused connection of workspace {} could not be recorded", attempt.workspaceId(), e);
        }
    }

    @Override
    public void opened(Attempt attempt) {
        LOG.debug("workspace {} connects to {}:{}", attempt.workspaceId(), attempt.host(), attempt.port());
    }

    @Override
    public void closed(Attempt attempt, long bytesOut, long bytesIn) {
        LOG.debug(
                "workspace {} ended {}:{}, {} bytes out, {} in",
                attempt.workspaceId(),
                attempt.host(),
                attempt.port(),
                bytesOut,
                bytesIn);
    }
}
