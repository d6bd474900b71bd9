package dev.cloister.server.workspace;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.WorkspaceAgent;
import dev.cloister.contract.api.WorkspaceAppStatus;
import dev.cloister.contract.api.WorkspaceResource;
import dev.cloister.contract.api.WorkspaceResourceMetadata;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Permit;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import tools.jackson.core.type.TypeReference;

/** What builds made, read for builds that the caller has reached with a permit. A few statements, however many builds. */
public final class ResourceRepository {
    private static final TypeReference<List<WorkspaceResourceMetadata>> METADATA = new TypeReference<>() {};
    private static final String OF_JOBS =
            " a.resource_id IN (SELECT id FROM workspace_resources WHERE job_id = ANY(:ids))";

    private final AppLabels labels;

    public ResourceRepository(AppLabels labels) {
        this.labels = labels;
    }

    /** The resources of builds, by the builds' jobs, with agents as they are at {@code now}. */
    Map<UUID, List<WorkspaceResource>> ofJobs(ReadTx tx, Collection<UUID> jobs, Instant now) {
        if (jobs.isEmpty()) {
            return Map.of();
        }
        UUID[] ids = jobs.toArray(UUID[]::new);
        AgentParts parts = parts(tx, OF_JOBS, ids);
        Map<UUID, List<WorkspaceAgent>> agents = grouped(
                query(
                        tx,
                        "SELECT " + AgentRow.COLUMNS + " FROM workspace_agents a WHERE" + OF_JOBS
                                + " ORDER BY a.name, a.id",
                        ids),
                "resource_id",
                row -> AgentRow.agent(row, parts, now));
        return grouped(query(tx, """
                        SELECT r.id, r.job_id, r.transition, r.type, r.name, r.icon, r.metadata::text AS metadata,
                               r.hide, r.daily_cost, r.created_at
                        FROM workspace_resources r WHERE r.job_id = ANY(:ids) ORDER BY r.position, r.id""", ids), "job_id", row -> resource(row, agents));
    }

    /** One agent. */
    WorkspaceAgent agent(ReadTx tx, Permit<WorkspaceAgentId> permit, Instant now) {
        UUID[] ids = {permit.idFor(Action.READ).value()};
        AgentParts parts = parts(tx, " a.id = ANY(:ids)", ids);
        return query(tx, "SELECT " + AgentRow.COLUMNS + " FROM workspace_agents a WHERE a.id = ANY(:ids)", ids)
                .map((row, context) -> AgentRow.agent(row, parts, now))
                .one();
    }

    private AgentParts parts(ReadTx tx, String which, UUID[] ids) {
        var apps = query(tx, """
                SELECT p.*, a.name AS agent_name, w.name AS workspace_name, u.username AS owner_name,
                       t.max_port_share_level
                FROM workspace_apps p
                JOIN workspace_agents a ON a.id = p.agent_id
                JOIN workspaces w ON w.id = a.workspace_id
                JOIN users u ON u.id = w.owner_id
                JOIN templates t ON t.id = w.template_id
                WHERE""" + which + " ORDER BY p.position, p.slug", ids);
        var scripts = query(tx, """
                SELECT s.* FROM workspace_agent_scripts s JOIN workspace_agents a ON a.id = s.agent_id
                WHERE""" + which + " ORDER BY s.position, s.id", ids);
        var sources = query(tx, """
                SELECT l.* FROM workspace_agent_log_sources l JOIN workspace_agents a ON a.id = l.agent_id
                WHERE""" + which + " ORDER BY l.created_at, l.id", ids);
        Map<UUID, List<WorkspaceAppStatus>> statuses =
                grouped(query(tx, """
                SELECT s.* FROM workspace_app_statuses s JOIN workspace_agents a ON a.id = s.agent_id
                WHERE""" + which + " ORDER BY s.created_at DESC", ids), "app_id", AgentRow::appStatus);
        return new AgentParts(
                grouped(
                        apps,
                        "agent_id",
                        row -> AgentRow.app(row, labels, statuses.getOrDefault(Columns.id(row, "id"), List.of()))),
                grouped(scripts, "agent_id", AgentRow::script),
                grouped(sources, "agent_id", AgentRow::logSource));
    }

    private static Query query(ReadTx tx, String sql, UUID[] ids) {
        return tx.query(sql).bindArray("ids", UUID.class, (Object[]) ids);
    }

    private static WorkspaceResource resource(ResultSet row, Map<UUID, List<WorkspaceAgent>> agents)
            throws SQLException {
        UUID id = Columns.id(row, "id");
        return new WorkspaceResource(
                id,
                Columns.instant(row, "created_at"),
                Columns.id(row, "job_id"),
                WorkspaceTransition.valueOf(row.getString("transition").toUpperCase(Locale.ROOT)),
                row.getString("type"),
                row.getString("name"),
                row.getBoolean("hide"),
                row.getString("icon"),
                agents.getOrDefault(id, List.of()),
                ApiJson.mapper().readValue(row.getString("metadata"), METADATA),
                row.getInt("daily_cost"));
    }

    @FunctionalInterface
    private interface Mapping<T> {
        T map(ResultSet row) throws SQLException;
    }

    private static <T> Map<UUID, List<T>> grouped(Query query, String key, Mapping<T> mapping) {
        RowMapper<Map.Entry<UUID, T>> entries = (row, context) -> Map.entry(Columns.id(row, key), mapping.map(row));
        var groups = new HashMap<UUID, List<T>>();
        query.map(entries)
                .forEach(entry -> groups.computeIfAbsent(entry.getKey(), ignored -> new ArrayList<>())
                        .add(entry.getValue()));
        return groups;
    }
}
