package dev.cloister.server.workspace;

import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Which builds ended how, for reports. It is asked by the clock, not by a request. */
final class FailedBuildsRepository {
    /** The builds of one version that are over. */
    record Line(String template, String version, long failed, long total) {}

    /** Organizations that are new begin their first week now. */
    void begin(WriteTx tx, Instant now) {
        tx.update("""
                INSERT INTO failed_builds_reports (organization_id, reported_at)
                SELECT id, :now FROM organizations WHERE NOT deleted ON CONFLICT DO NOTHING""").bind("now", now).execute();
    }

    /** An organization with the time of its last report. */
    record Reported(UUID organization, Instant at) {}

    /** Organizations whose last report is older than {@code then}. */
    List<Reported> due(ReadTx tx, Instant then) {
        return tx.query("""
                SELECT r.organization_id, r.reported_at FROM failed_builds_reports r
                JOIN organizations o ON o.id = r.organization_id AND NOT o.deleted
                WHERE r.reported_at <= :then""")
                .bind("then", then)
                .map((row, context) ->
                        new Reported(Columns.id(row, "organization_id"), Columns.instant(row, "reported_at")))
                .list();
    }

    /** Takes the report that follows {@code last}; false where another server has. */
    boolean claim(WriteTx tx, Reported last, Instant now) {
        return tx.update("""
                UPDATE failed_builds_reports SET reported_at = :now
                WHERE organization_id = :organization AND reported_at = :last""")
                        .bind("now", now)
                        .bind("organization", last.organization())
                        .bind("last", last.at())
                        .execute()
                == 1;
    }

    List<Line> since(ReadTx tx, UUID organization, Instant since) {
        return tx.query("""
                SELECT t.name AS template, v.name AS version, count(*) FILTER (WHERE j.error <> '') AS failed,
                       count(*) AS total
                FROM workspace_builds b
                JOIN provisioner_jobs j ON j.id = b.job_id
                JOIN template_versions v ON v.id = b.template_version_id
                JOIN templates t ON t.id = v.template_id
                WHERE t.organization_id = :organization AND NOT t.deleted
                  AND j.completed_at >= :since AND j.canceled_at IS NULL
                GROUP BY t.name, v.name ORDER BY failed DESC, t.name, v.name""")
                .bind("organization", organization)
                .bind("since", since)
                .map((row, context) -> new Line(
                        row.getString("template"),
                        row.getString("version"),
                        row.getLong("failed"),
                        row.getLong("total")))
                .list();
    }
}
