package dev.cloister.server.workspace;

import dev.cloister.contract.api.AgentConnectionTiming;
import dev.cloister.contract.api.AgentScriptTiming;
import dev.cloister.contract.api.ProvisionerTiming;
import dev.cloister.contract.api.TimingStage;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.List;
import java.util.Locale;

/** Where the time of builds went; of builds that were read with a permit. */
final class TimingRepository {
    /** The whole of the work counts as applying: our engines plan and make in one go. */
    List<ProvisionerTiming> provisioner(ReadTx tx, WorkspaceBuild build) {
        return tx.query("""
                SELECT j.id, j.started_at, j.completed_at, j.provisioner, b.transition,
                       coalesce(r.name, 'workspace') AS resource
                FROM workspace_builds b
                JOIN provisioner_jobs j ON j.id = b.job_id
                LEFT JOIN workspace_resources r ON r.job_id = j.id
                WHERE b.id = :build AND j.started_at IS NOT NULL AND j.completed_at IS NOT NULL
                ORDER BY r.position""")
                .bind("build", build.id().value())
                .map((row, context) -> new ProvisionerTiming(
                        Columns.id(row, "id"),
                        Columns.instant(row, "started_at"),
                        Columns.instant(row, "completed_at"),
                        TimingStage.APPLY,
                        row.getString("provisioner"),
                        row.getString("transition"),
                        row.getString("resource")))
                .list();
    }

    List<AgentScriptTiming> scripts(ReadTx tx, WorkspaceBuild build) {
        return tx.query("""
                SELECT t.started_at, t.ended_at, t.exit_code, t.stage, t.status, s.display_name, a.id, a.name
                FROM workspace_agents a
                JOIN workspace_agent_scripts s ON s.agent_id = a.id
                JOIN workspace_agent_script_timings t ON t.script_id = s.id
                WHERE a.build_id = :build ORDER BY t.started_at, s.position LIMIT 1000""")
                .bind("build", build.id().value())
                .map((row, context) -> new AgentScriptTiming(
                        Columns.instant(row, "started_at"),
                        Columns.instant(row, "ended_at"),
                        row.getInt("exit_code"),
                        TimingStage.valueOf(row.getString("stage").toUpperCase(Locale.ROOT)),
                        row.getString("status"),
                        row.getString("display_name"),
                        Columns.id(row, "id").toString(),
                        row.getString("name")))
                .list();
    }

    List<AgentConnectionTiming> connections(ReadTx tx, WorkspaceBuild build) {
        return tx.query("""
                SELECT id, name, created_at, first_connected_at
                FROM workspace_agents WHERE build_id = :build AND first_connected_at IS NOT NULL ORDER BY name""")
                .bind("build", build.id().value())
                .map((row, context) -> new AgentConnectionTiming(
                        Columns.instant(row, "created_at"),
                        Columns.instant(row, "first_connected_at"),
                        TimingStage.CONNECT,
                        Columns.id(row, "id").toString(),
                        row.getString("name")))
                .list();
    }
}
