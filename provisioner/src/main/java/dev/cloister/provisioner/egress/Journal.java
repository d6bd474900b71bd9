package dev.cloister.provisioner.egress;

import dev.cloister.provisioner.egress.EgressLog.Attempt;
import java.util.UUID;

/** Tells the log about one workspace, refusals at a bounded rate. */
final class Journal {
    private static final int LONGEST_REASON = 500;

    private final UUID workspaceId;
    private final EgressLog log;
    private final RefusalLimit limit;

    Journal(UUID workspaceId, EgressLog log, RefusalLimit limit) {
        this.workspaceId = workspaceId;
        this.log = log;
        this.limit = limit;
    }

    void refused(HostPort asked, String reason) {
        refused(new Attempt(workspaceId, asked.host().text(), asked.port()), reason);
    }

    /** A request that could not be read, so that its destination is unknown. */
    void malformed(String reason) {
        refused(new Attempt(workspaceId, "", 0), reason);
    }

    private void refused(Attempt attempt, String reason) {
        var suppressed = limit.take();
        if (suppressed >= 0) {
            log.refused(attempt, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)), suppressed);
        }
    }

    void opened(HostPort asked) {
        log.opened(new Attempt(workspaceId, asked.host().text(), asked.port()));
    }

    void closed(HostPort asked, long out, long in) {
        log.closed(new Attempt(workspaceId, asked.host().text(), asked.port()), out, in);
    }
}
