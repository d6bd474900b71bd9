package dev.cloister.server.connection.agent;

import dev.cloister.server.audit.WriteTx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Stores the reports of agents. */
public final class AgentReportRepository {
    /** Of a script that runs again and again, the first runs are kept. */
    private static final int MOST_RUNS = 20;

    /** A line of an agent's log. */
    record Line(Instant time, String level, String output) {
        int bytes() {
            return output.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** One run of a script. */
    record ScriptRun(Instant started, Instant ended, int exitCode, String stage, String status) {}

    /** A value that a metadata script found. */
    record Measured(AgentGrant grant, String key, String value, String error, Instant time) {}

    void startup(WriteTx tx, AgentGrant grant, String version, String directory) {
        tx.update("""
                UPDATE workspace_agents SET version = :version, expanded_directory = :directory WHERE id = :agent""")
                .bind("version", version)
                .bind("directory", directory)
                .bind("agent", grant.agent())
                .execute();
    }

    void lifecycle(WriteTx tx, AgentGrant grant, String state, Instant at) {
        tx.update("""
                UPDATE workspace_agents
                SET lifecycle_state = :state,
                    started_at = CASE WHEN :state = 'starting' THEN :at ELSE started_at END,
                    ready_at = CASE WHEN :state IN ('ready', 'start_timeout', 'start_error') THEN :at
                                    WHEN :state = 'starting' THEN NULL ELSE ready_at END
                WHERE id = :agent""")
                .bind("state", state)
                .bind("at", at)
                .bind("agent", grant.agent())
                .execute();
    }

    /** How many bytes of log there are; keeps the number from changing until the transaction ends. */
    int logLength(WriteTx tx, AgentGrant grant) {
        return tx.query("SELECT logs_length FROM workspace_agents WHERE id = :agent FOR UPDATE")
                .bind("agent", grant.agent())
                .mapTo(Integer.class)
                .one();
    }

    void appendLogs(WriteTx tx, AgentGrant grant, UUID source, List<Line> lines) {
        var batch = tx.batch("""
                INSERT INTO workspace_agent_logs (agent_id, log_source_id, created_at, level, output)
                VALUES (:agent, :source, :time, :level, :output)""");
        for (Line line : lines) {
            batch.bind("agent", grant.agent())
                    .bind("source", source)
                    .bind("time", line.time())
                    .bind("level", line.level())
                    .bind("output", line.output())
                    .add();
        }
        if (!lines.isEmpty()) {
            batch.execute();
        }
    }

    void logsGrew(WriteTx tx, AgentGrant grant, int bytes, boolean overflowed) {
        tx.update("""
                UPDATE workspace_agents
                SET logs_length = logs_length + :bytes, logs_overflowed = logs_overflowed OR :overflowed
                WHERE id = :agent""")
                .bind("bytes", bytes)
                .bind("overflowed", overflowed)
                .bind("agent", grant.agent())
                .execute();
    }

    void appHealth(WriteTx tx, AgentGrant grant, UUID app, String health) {
        tx.update("UPDATE workspace_apps SET health = :health WHERE id = :app AND agent_id = :agent")
                .bind("health", health)
                .bind("app", app)
                .bind("agent", grant.agent())
                .execute();
    }

    void scriptCompleted(WriteTx tx, AgentGrant grant, UUID script, int exitCode, String status) {
        tx.update("""
                UPDATE workspace_agent_scripts SET exit_code = :exitCode, status = :status
                WHERE id = :script AND agent_id = :agent""")
                .bind("exitCode", exitCode)
                .bind("status", status)
                .bind("script", script)
                .bind("agent", grant.agent())
                .execute();
    }

    /** How long a run of a script of this agent took; a run is told once. */
    void scriptTiming(WriteTx tx, AgentGrant grant, UUID script, ScriptRun run) {
        tx.update("""
                INSERT INTO workspace_agent_script_timings (script_id, started_at, ended_at, exit_code, stage, status)
                SELECT id, :started, :ended, :exitCode, :stage, :status FROM workspace_agent_scripts
                WHERE id = :script AND agent_id = :agent
                    AND (SELECT count(*) FROM workspace_agent_script_timings WHERE script_id = :script) < :most
                ON CONFLICT DO NOTHING""")
                .bind("script", script)
                .bind("agent", grant.agent())
                .bind("started", run.started())
                .bind("ended", run.ended())
                .bind("exitCode", run.exitCode())
                .bind("stage", run.stage())
                .bind("status", run.status())
                .bind("most", MOST_RUNS)
                .execute();
    }

    /** Stores measurements of any number of agents in one statement. */
    void metadata(WriteTx tx, Collection<Measured> measured) {
        tx.update("""
                UPDATE workspace_agent_metadata m
                SET value = v.value, error = v.error, collected_at = v.collected_at::timestamptz
                FROM unnest(:agents, :keys, :values, :errors, :times)
                     AS v (agent_id, key, value, error, collected_at)
                WHERE m.agent_id = v.agent_id AND m.key = v.key""")
                .bindArray(
                        "agents",
                        UUID.class,
                        column(measured, one -> one.grant().agent()))
                .bindArray("keys", String.class, column(measured, Measured::key))
                .bindArray("values", String.class, column(measured, Measured::value))
                .bindArray("errors", String.class, column(measured, Measured::error))
                .bindArray(
                        "times",
                        String.class,
                        column(measured, one -> one.time().toString()))
                .execute();
    }

    private static Object[] column(Collection<Measured> rows, Function<Measured, Object> value) {
        return rows.stream().map(value).toArray();
    }
}
