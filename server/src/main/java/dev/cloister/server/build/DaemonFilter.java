package dev.cloister.server.build;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/**
 * Which workers a list asks for. Those that are gone only where they are asked for.
 *
 * @param statuses in the words of the API; empty for those alive
 * @param tags that a worker must have
 */
record DaemonFilter(List<UUID> ids, List<String> statuses, boolean goneToo, Map<String, String> tags, int limit) {
    String sql() {
        var sql = new StringBuilder();
        if (!ids.isEmpty()) {
            sql.append(" AND d.id = ANY(:ids)");
        }
        if (!statuses.isEmpty()) {
            sql.append(" AND (").append(DaemonRow.STATUS).append(") = ANY(:statuses)");
        } else if (!goneToo) {
            sql.append(" AND d.last_seen_at > clock_timestamp() - :stale * interval '1 second'");
        }
        // The workers inside the server have no tags but the usual ones.
        if (!Map.of("scope", "organization", "owner", "").entrySet().containsAll(tags.entrySet())) {
            sql.append(" AND FALSE");
        }
        return sql.toString();
    }

    Query bind(Query query) {
        if (!ids.isEmpty()) {
            query.bindArray("ids", UUID.class, ids.toArray());
        }
        if (!statuses.isEmpty()) {
            query.bindArray("statuses", String.class, statuses.toArray());
        }
        return query.bind("limit", limit);
    }
}
