package dev.cloister.server.deployment;

import dev.cloister.contract.api.SessionCountDeploymentStats;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Counts over the whole deployment. They name nobody; the right to read them is on the whole. */
public final class DeploymentStatsRepository {
    /** How many workspaces have their latest build in which state: pending, building, running, stopped, failed. */
    Map<String, Long> workspaces(ReadTx tx) {
        return counts(tx, """
                SELECT CASE
                         WHEN j.completed_at IS NULL AND j.started_at IS NULL THEN 'pending'
                         WHEN j.completed_at IS NULL THEN 'building'
                         WHEN j.error <> '' OR j.canceled_at IS NOT NULL THEN 'failed'
                         WHEN b.transition = 'start' THEN 'running'
                         ELSE 'stopped'
                       END AS name, count(*) AS count
                FROM workspaces w
                JOIN LATERAL (SELECT transition, job_id FROM workspace_builds
                              WHERE workspace_id = w.id ORDER BY build_number DESC LIMIT 1) b ON TRUE
                JOIN provisioner_jobs j ON j.id = b.job_id
                WHERE NOT w.deleted GROUP BY 1""");
    }

    SessionCountDeploymentStats sessions(ReadTx tx) {
        var counts = openConnections(tx);
        return new SessionCountDeploymentStats(
                counts.getOrDefault("vscode", 0L),
                counts.getOrDefault("ssh", 0L),
                counts.getOrDefault("jetbrains", 0L),
                counts.getOrDefault("reconnecting_pty", 0L));
    }

    /** How many connections are open, by their kind. */
    Map<String, Long> openConnections(ReadTx tx) {
        return counts(
                tx,
                "SELECT type AS name, count(*) AS count FROM connection_logs WHERE disconnected_at IS NULL GROUP BY 1");
    }

    /** How many jobs wait, run, and ended well, ill or by being canceled since {@code since}. */
    Map<String, Long> jobs(ReadTx tx, Instant since) {
        return tx.query("""
                SELECT CASE
                         WHEN completed_at IS NULL AND started_at IS NULL THEN 'pending'
                         WHEN completed_at IS NULL THEN 'running'
                         WHEN canceled_at IS NOT NULL THEN 'canceled'
                         WHEN error <> '' THEN 'failed'
                         ELSE 'succeeded'
                       END AS name, count(*) AS count
                FROM provisioner_jobs WHERE completed_at IS NULL OR completed_at >= :since GROUP BY 1""").bind("since", since).reduceRows(new HashMap<String, Long>(), (all, row) -> {
            all.put(row.getColumn("name", String.class), row.getColumn("count", Long.class));
            return all;
        });
    }

    /** How many agents hold a connection. */
    long connectedAgents(ReadTx tx) {
        return tx.query("SELECT count(*) FROM workspace_agents WHERE session_id IS NOT NULL")
                .mapTo(Long.class)
                .one();
    }

    /** The bytes that people sent to workspaces in connections that ended since {@code since}, and received. */
    Traffic traffic(ReadTx tx, Instant since) {
        return tx.query("""
                SELECT coalesce(sum(bytes_from_user), 0)::bigint AS sent,
                       coalesce(sum(bytes_to_user), 0)::bigint AS received
                FROM connection_logs WHERE disconnected_at >= :since""")
                .bind("since", since)
                .map((row, context) -> new Traffic(row.getLong("sent"), row.getLong("received")))
                .one();
    }

    record Traffic(long toWorkspaces, long fromWorkspaces) {}

    private static Map<String, Long> counts(ReadTx tx, String sql) {
        return tx.query(sql).reduceRows(new HashMap<String, Long>(), (all, row) -> {
            all.put(row.getColumn("name", String.class), row.getColumn("count", Long.class));
            return all;
        });
    }
}
