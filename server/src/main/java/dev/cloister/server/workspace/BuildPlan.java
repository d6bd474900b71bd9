package dev.cloister.server.workspace;

import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.JobId;
import dev.cloister.server.build.JobQueue;
import dev.cloister.server.build.JobType;
import dev.cloister.server.build.NewJob;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.template.UsableVersion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A build about to be asked for.
 *
 * @param orphan whether what exists outside the database is left as it is
 * @param debug whether the log tells everything
 * @param followUp what comes after it succeeded, null for nothing
 * @param preset of the version that its parameters come from, null for none
 */
record BuildPlan(
        Workspace workspace,
        UsableVersion version,
        int number,
        WorkspaceTransition transition,
        BuildReason reason,
        UUID initiator,
        Map<String, String> parameters,
        boolean orphan,
        boolean debug,
        @Nullable FollowUp followUp,
        @Nullable UUID preset) {
    static final String WORKSPACE = "workspace_id";
    static final String TRANSITION = "transition";
    static final String ORPHAN = "orphan";
    static final String DEBUG = "debug";

    WorkspaceBuild build(Instant now) {
        return new WorkspaceBuild(
                new WorkspaceBuildId(UUID.randomUUID()),
                workspace.id(),
                workspace.name(),
                workspace.ownerName(),
                workspace.organizationId(),
                version.version(),
                number,
                transition,
                reason,
                initiator,
                new JobId(UUID.randomUUID()),
                preset,
                now);
    }

    /** Puts the job of the build into the queue and tells who watches. */
    void enqueue(WriteTx tx, JobQueue queue, WorkspaceBuild build) {
        var input = new LinkedHashMap<String, Object>();
        input.put("workspace_build_id", build.id().value());
        input.put(WORKSPACE, workspace.id().value());
        input.put(TRANSITION, transition.name().toLowerCase(Locale.ROOT));
        input.put(ORPHAN, orphan);
        input.put(DEBUG, debug);
        if (followUp != null) {
            followUp.write(input);
        }
        queue.add(
                tx,
                new NewJob(
                        build.jobId(),
                        workspace.organizationId(),
                        initiator,
                        JobType.WORKSPACE_BUILD,
                        version.file().value(),
                        input));
        String id = workspace.id().value().toString();
        tx.announce(Topics.WORKSPACE_CHANGED, id);
        if (transition != WorkspaceTransition.START) {
            tx.announce(Topics.WORKSPACE_ENDING, id);
        }
    }
}
