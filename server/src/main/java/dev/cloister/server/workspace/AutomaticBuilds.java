package dev.cloister.server.workspace;

import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.JobQueue;
import dev.cloister.server.template.UsableVersion;
import java.time.Clock;
import java.util.Map;

/** Builds that the server asks for by itself, on behalf of the workspace's owner. */
final class AutomaticBuilds {
    private final WorkspaceBuildRepository builds;
    private final JobQueue queue;
    private final Clock clock;

    AutomaticBuilds(WorkspaceBuildRepository builds, JobQueue queue, Clock clock) {
        this.builds = builds;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Asks for a build after {@code latest}, which is over.
     *
     * @param permit for the transition
     * @return what it is on the audit log
     */
    AuditEvent enqueue(
            WriteTx tx,
            Permit<WorkspaceId> permit,
            Workspace workspace,
            WorkspaceBuild latest,
            UsableVersion version,
            WorkspaceTransition transition,
            BuildReason reason,
            Map<String, String> parameters) {
        var plan = new BuildPlan(
                workspace,
                version,
                latest.number() + 1,
                transition,
                reason,
                workspace.ownerId(),
                parameters,
                false,
                false,
                null,
                null);
        WorkspaceBuild build = plan.build(clock.instant());
        plan.enqueue(tx, queue, build);
        builds.insert(tx, permit, build, parameters);
        return build.requested();
    }
}
