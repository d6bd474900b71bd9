package dev.cloister.server.insight;

import dev.cloister.contract.api.ConnectionLatency;
import dev.cloister.contract.api.DAUEntry;
import dev.cloister.contract.api.UserActivity;
import dev.cloister.contract.api.UserLatency;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Who used workspaces, from the minutes that agents reported. */
public final class UsageRepository {
    /** Seconds of use by kind, the minutes of one person counted once. */
    record Seconds(long ssh, long terminal, long vscode, long jetbrains) {}

    private static final int MAX_USERS = 10_000;

    /** The days on which somebody used a workspace, in a zone so many hours from UTC. */
    List<DAUEntry> days(ReadTx tx, UsageFilter scope, int hours) {
        return scope.bind(tx.query("""
                SELECT to_char(started_at AT TIME ZONE 'UTC' + :hours * interval '1 hour', 'YYYY-MM-DD') AS day,
                       count(DISTINCT user_id) AS people
                FROM template_usage
                WHERE started_at >= :start AND started_at < :end AND used <> 0 AND """ + " " + scope.sql("template_id") + " GROUP BY 1 ORDER BY 1"))
                .bind("hours", hours)
                .map((row, context) -> new DAUEntry(row.getString("day"), row.getInt("people")))
                .list();
    }

    long activeUsers(ReadTx tx, UsageFilter scope) {
        return scope.bind(tx.query("""
                SELECT count(DISTINCT user_id) FROM template_usage
                WHERE started_at >= :start AND started_at < :end AND used <> 0 AND """ + " " + scope.sql("template_id")))
                .mapTo(Long.class)
                .one();
    }

    /** The templates that were used. */
    List<UUID> templates(ReadTx tx, UsageFilter scope) {
        return scope.bind(tx.query("""
                SELECT DISTINCT template_id FROM template_usage
                WHERE started_at >= :start AND started_at < :end AND used <> 0 AND """ + " " + scope.sql("template_id") + " ORDER BY 1"))
                .mapTo(UUID.class)
                .list();
    }

    Seconds seconds(ReadTx tx, UsageFilter scope) {
        return scope.bind(tx.query("""
                SELECT coalesce(sum(bit_count(ssh::bit(32))), 0) * 60 AS ssh,
                       coalesce(sum(bit_count(terminal::bit(32))), 0) * 60 AS terminal,
                       coalesce(sum(bit_count(vscode::bit(32))), 0) * 60 AS vscode,
                       coalesce(sum(bit_count(jetbrains::bit(32))), 0) * 60 AS jetbrains
                FROM (SELECT bit_or(ssh) AS ssh, bit_or(reconnecting_pty) AS terminal, bit_or(vscode) AS vscode,
                             bit_or(jetbrains) AS jetbrains
                      FROM template_usage
                      WHERE started_at >= :start AND started_at < :end AND """ + " " + scope.sql("template_id") + " GROUP BY user_id, started_at) minutes"))
                .map((row, context) -> new Seconds(
                        row.getLong("ssh"), row.getLong("terminal"), row.getLong("vscode"), row.getLong("jetbrains")))
                .one();
    }

    /** The people who used workspaces, by name. */
    List<UserActivity> activity(ReadTx tx, UsageFilter scope) {
        return scope.bind(tx.query("""
                SELECT u.id, u.username, u.avatar_url, array_agg(DISTINCT m.template) AS templates,
                       sum(m.seconds) AS seconds
                FROM (SELECT user_id, unnest(array_agg(template_id)) AS template,
                             bit_count(bit_or(used)::bit(32)) * 60.0 / count(*) AS seconds
                      FROM template_usage
                      WHERE started_at >= :start AND started_at < :end AND used <> 0 AND """ + " " + scope.sql("template_id") + """
                      GROUP BY user_id, started_at) m
                JOIN users u ON u.id = m.user_id
                GROUP BY u.id ORDER BY lower(u.username), u.id LIMIT :limit"""))
                .bind("limit", MAX_USERS)
                .map((row, context) -> new UserActivity(
                        ids(row, "templates"),
                        Columns.id(row, "id"),
                        row.getString("username"),
                        row.getString("avatar_url"),
                        Math.round(row.getDouble("seconds"))))
                .list();
    }

    /** How slow the connections of people were, by name; people whose agents reported nothing are left out. */
    List<UserLatency> latency(ReadTx tx, UsageFilter scope) {
        return scope.bind(tx.query("""
                SELECT u.id, u.username, u.avatar_url, array_agg(DISTINCT t.template_id) AS templates,
                       percentile_cont(0.5) WITHIN GROUP (ORDER BY t.latency_total_ms / t.latency_samples) AS p50,
                       percentile_cont(0.95) WITHIN GROUP (ORDER BY t.latency_total_ms / t.latency_samples) AS p95
                FROM template_usage t JOIN users u ON u.id = t.user_id
                WHERE t.started_at >= :start AND t.started_at < :end AND t.latency_samples > 0 AND """
                        + " " + scope.sql("t.template_id")
                        + " GROUP BY u.id ORDER BY lower(u.username), u.id LIMIT :limit"))
                .bind("limit", MAX_USERS)
                .map((row, context) -> new UserLatency(
                        ids(row, "templates"),
                        Columns.id(row, "id"),
                        row.getString("username"),
                        row.getString("avatar_url"),
                        new ConnectionLatency(row.getDouble("p50"), row.getDouble("p95"))))
                .list();
    }

    static List<UUID> ids(ResultSet row, String column) throws SQLException {
        return List.of((UUID[]) row.getArray(column).getArray());
    }

    /** How many people had a status at one of the moments. */
    record StatusCount(Instant moment, String status, long people) {}

    List<StatusCount> statuses(ReadTx tx, List<Instant> moments) {
        return tx.query("""
                SELECT d.moment, s.status, count(*) AS people
                FROM unnest(:moments::timestamptz[]) AS d (moment)
                CROSS JOIN LATERAL (
                    SELECT DISTINCT ON (c.user_id) c.status FROM user_status_changes c
                    WHERE c.changed_at <= d.moment ORDER BY c.user_id, c.changed_at DESC, c.id DESC) s
                GROUP BY 1, 2""")
                .bindArray(
                        "moments",
                        String.class,
                        moments.stream().map(Instant::toString).toArray())
                .map((row, context) ->
                        new StatusCount(Columns.instant(row, "moment"), row.getString("status"), row.getLong("people")))
                .list();
    }
}
