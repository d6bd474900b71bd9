package dev.cloister.server.build;

import dev.cloister.contract.api.ApiJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/**
 * Which jobs of an organization a list asks for.
 *
 * @param statuses in the words of the API; empty for all
 * @param tags that a job must have
 * @param initiator the name or id of who asked for it
 */
record ProvisionerJobFilter(
        List<UUID> ids, List<String> statuses, Map<String, String> tags, Optional<String> initiator, int limit) {
    static ProvisionerJobFilter only(UUID id) {
        return new ProvisionerJobFilter(List.of(id), List.of(), Map.of(), Optional.empty(), 1);
    }

    String sql() {
        var sql = new StringBuilder();
        if (!ids.isEmpty()) {
            sql.append(" AND j.id = ANY(:ids)");
        }
        if (!statuses.isEmpty()) {
            sql.append(" AND (").append(JobRow.STATUS).append(") = ANY(:statuses)");
        }
        if (!tags.isEmpty()) {
            sql.append(" AND j.tags @> :tags::jsonb");
        }
        if (initiator.isPresent()) {
            sql.append(" AND j.initiator_id = (SELECT u.id FROM users u WHERE NOT u.deleted")
                    .append(" AND (lower(u.username) = lower(:initiator) OR u.id::text = lower(:initiator)) LIMIT 1)");
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
        if (!tags.isEmpty()) {
            query.bind("tags", ApiJson.mapper().writeValueAsString(tags));
        }
        initiator.ifPresent(name -> query.bind("initiator", name));
        return query.bind("limit", limit);
    }
}
