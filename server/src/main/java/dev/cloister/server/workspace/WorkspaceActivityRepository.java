package dev.cloister.server.workspace;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.audit.WriteTx;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** That somebody is at work in a workspace: it counts as used, and its stop is put off as its template says. */
public final class WorkspaceActivityRepository {
    /** What has less than this part of the template's time left is put off; the rest would only cost writes. */
    private static final double PART_LEFT = 0.95;

    private WorkspaceActivityRepository() {}

    /**
     * Notes the use of a workspace.
     *
     * @param permit to do in it what is being done
     * @return whether the time of its stop has changed
     */
    static boolean used(WriteTx tx, Permit<WorkspaceId> permit, Instant now) {
        return used(tx, permit.idFor(permit.action()).value(), now);
    }

    /** The same, on the word of the workspace's agent. */
    public static boolean usedByAgent(WriteTx tx, Permit<WorkspaceAgentId> permit, Instant now) {
        permit.idFor(Action.UPDATE_AGENT);
        return used(tx, Objects.requireNonNull(permit.facts().id()), now);
    }

    private static boolean used(WriteTx tx, UUID id, Instant now) {
        tx.update("UPDATE workspaces SET last_used_at = :now WHERE id = :id AND last_used_at < :now")
                .bind("id", id)
                .bind("now", now)
                .execute();
        return tx.update("""
                UPDATE workspace_builds b
                SET deadline = least(l.target, coalesce(b.max_deadline, 'infinity')), updated_at = :now
                FROM (
                    SELECT s.id, t.activity_bump * interval '1 millisecond' AS bump,
                        -- A workspace that would run into its next start runs on as if it had been started then.
                        CASE WHEN w.autostart_schedule IS NOT NULL AND w.ttl IS NOT NULL AND w.next_start_at > :now
                                AND w.next_start_at < :now + t.activity_bump * interval '1 millisecond'
                             THEN w.next_start_at + w.ttl * interval '1 millisecond'
                             ELSE :now + t.activity_bump * interval '1 millisecond' END AS target
                    FROM workspaces w
                    JOIN templates t ON t.id = w.template_id
                    JOIN workspace_builds s ON s.workspace_id = w.id AND s.build_number = (
                        SELECT max(build_number) FROM workspace_builds WHERE workspace_id = w.id)
                    JOIN provisioner_jobs j ON j.id = s.job_id
                    WHERE w.id = :id AND s.transition = 'start' AND j.completed_at IS NOT NULL AND j.error = ''
                        AND j.canceled_at IS NULL AND t.activity_bump > 0) l
                WHERE b.id = l.id AND b.deadline IS NOT NULL
                    AND b.deadline - :part * l.bump < :now
                    AND b.deadline < least(l.target, coalesce(b.max_deadline, 'infinity'))""")
                        .bind("id", id)
                        .bind("now", now)
                        .bind("part", PART_LEFT)
                        .execute()
                > 0;
    }
}
