package dev.cloister.server.connection.agent;

import dev.cloister.contract.api.LogLevel;
import dev.cloister.contract.api.WorkspaceAgentLog;
import dev.cloister.contract.api.WorkspaceAgentMetadata;
import dev.cloister.contract.api.WorkspaceAgentMetadataDescription;
import dev.cloister.contract.api.WorkspaceAgentMetadataResult;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What agents have reported, for people to read. */
public final class AgentLogRepository {
    /** Lines with an id between the two, both excluded; the oldest come first. */
    List<WorkspaceAgentLog> logs(ReadTx tx, Permit<WorkspaceAgentId> permit, long after, long before, int limit) {
        return tx.query("""
                SELECT id, created_at, output, level, log_source_id
                FROM workspace_agent_logs
                WHERE agent_id = :agent AND id > :after AND id < :before
                ORDER BY id LIMIT :limit""")
                .bind("agent", permit.idFor(Action.READ).value())
                .bind("after", after)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> new WorkspaceAgentLog(
                        row.getLong("id"),
                        Columns.instant(row, "created_at"),
                        row.getString("output"),
                        LogLevel.valueOf(row.getString("level").toUpperCase(Locale.ROOT)),
                        Columns.id(row, "log_source_id")))
                .list();
    }

    List<WorkspaceAgentMetadata> metadata(ReadTx tx, Permit<WorkspaceAgentId> permit, Instant now) {
        return tx.query("""
                SELECT key, display_name, script, interval_ms, timeout_ms, value, error, collected_at
                FROM workspace_agent_metadata WHERE agent_id = :agent ORDER BY position""")
                .bind("agent", permit.idFor(Action.READ).value())
                .map((row, context) -> {
                    Instant collected = Columns.instant(row, "collected_at");
                    return new WorkspaceAgentMetadata(
                            new WorkspaceAgentMetadataResult(
                                    collected,
                                    Math.max(0, Duration.between(collected, now).toSeconds()),
                                    row.getString("value"),
                                    row.getString("error")),
                            new WorkspaceAgentMetadataDescription(
                                    row.getString("display_name"),
                                    row.getString("key"),
                                    row.getString("script"),
                                    row.getLong("interval_ms") / 1000,
                                    row.getLong("timeout_ms") / 1000));
                })
                .list();
    }
}
