package dev.cloister.server.workspace;

import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.UUID;

/** What people may spend in an organization, and what they do. For a person reached with a permit, or for a job. */
final class QuotaRepository {
    private static final UUID NO_WORKSPACE = new UUID(0, 0);

    /** The sum of what the person's groups allow, "Everyone" among them; nothing for who is no member. */
    int budget(ReadTx tx, UUID organization, UUID user) {
        return tx.query("""
                SELECT least(coalesce(sum(g.quota_allowance), 0), 2147483647)
                FROM groups g
                JOIN organization_members o ON o.organization_id = g.organization_id AND o.user_id = :user
                WHERE g.organization_id = :organization AND (g.id = g.organization_id OR EXISTS (
                    SELECT 1 FROM group_members m WHERE m.group_id = g.id AND m.user_id = :user))""")
                .bind("organization", organization)
                .bind("user", user)
                .mapTo(Integer.class)
                .one();
    }

    int consumed(ReadTx tx, UUID organization, UUID user) {
        return consumedBesides(tx, organization, user, NO_WORKSPACE);
    }

    /**
     * What the person's workspaces take, except one. A workspace takes what its last successful build or any after that
     * does: what a stop is to free is taken until the stop has succeeded, and what a failed start may have made, too.
     */
    int consumedBesides(ReadTx tx, UUID organization, UUID user, UUID workspace) {
        return tx.query("""
                SELECT least(coalesce(sum(c.cost), 0), 2147483647)
                FROM workspaces w
                CROSS JOIN LATERAL (
                    SELECT max(b.daily_cost) AS cost FROM workspace_builds b
                    WHERE b.workspace_id = w.id AND b.build_number >= coalesce((
                        SELECT max(s.build_number)
                        FROM workspace_builds s JOIN provisioner_jobs j ON j.id = s.job_id
                        WHERE s.workspace_id = w.id AND j.completed_at IS NOT NULL AND j.error = ''
                            AND j.canceled_at IS NULL), 0)) c
                WHERE w.owner_id = :user AND w.organization_id = :organization AND NOT w.deleted
                    AND w.id <> :besides""")
                .bind("organization", organization)
                .bind("user", user)
                .bind("besides", workspace)
                .mapTo(Integer.class)
                .one();
    }

    /** One decision at a time on what a person spends there, until the transaction ends. */
    void lock(WriteTx tx, UUID organization, UUID user) {
        tx.query("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))::text")
                .bind("key", "quota " + organization + " " + user)
                .mapTo(String.class)
                .one();
    }

    void reserve(WriteTx tx, LeasedJob job, int cost) {
        tx.update("UPDATE workspace_builds SET daily_cost = :cost WHERE job_id = :job")
                .bind("job", job.id().value())
                .bind("cost", cost)
                .execute();
    }
}
