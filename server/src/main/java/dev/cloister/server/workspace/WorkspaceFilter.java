package dev.cloister.server.workspace;

import dev.cloister.contract.api.WorkspaceStatus;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.SearchQuery;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** Which workspaces a list asks for. Deleted ones only by {@code status:deleted}. */
final class WorkspaceFilter {
    static final Set<String> KEYS = Set.of(
            "id",
            "owner",
            "template",
            "name",
            "status",
            "organization",
            "outdated",
            "last_used_after",
            "last_used_before",
            "deleted");

    private final StringBuilder sql = new StringBuilder();
    private final Map<String, Object> values = new LinkedHashMap<>();

    private WorkspaceFilter() {}

    /** @param me the name that {@code owner:me} stands for */
    static WorkspaceFilter of(SearchQuery query, String me) {
        var filter = new WorkspaceFilter();
        boolean deleted =
                query.value("status").filter("deleted"::equalsIgnoreCase).isPresent()
                        || query.value("deleted").filter("true"::equals).isPresent();
        filter.sql.append(deleted ? "w.deleted" : "NOT w.deleted");
        query.bare().ifPresent(text -> filter.bare(text, me));
        query.value("name").ifPresent(name -> filter.like("w.name", "f_name", name));
        query.value("owner").ifPresent(name -> filter.owner(name, me));
        query.value("template")
                .ifPresent(name -> filter.and(
                        "(lower(t.name) = lower(:f_template) OR t.id::text = lower(:f_template))", "f_template", name));
        query.value("organization")
                .ifPresent(name ->
                        filter.and("(lower(o.name) = lower(:f_org) OR o.id::text = lower(:f_org))", "f_org", name));
        query.value("id").ifPresent(ids -> filter.and("w.id = ANY(:f_ids)", "f_ids", ids(ids)));
        query.value("status")
                .ifPresent(status ->
                        filter.and("(" + WorkspaceBuildRow.STATUS + ") = :f_status", "f_status", status(status)));
        query.value("outdated")
                .ifPresent(outdated -> filter.and(
                        "(t.active_version_id <> b.template_version_id) = :f_outdated",
                        "f_outdated",
                        outdated.equals("true")));
        query.value("last_used_after")
                .ifPresent(time -> filter.and("w.last_used_at > :f_after", "f_after", time("last_used_after", time)));
        query.value("last_used_before")
                .ifPresent(
                        time -> filter.and("w.last_used_at < :f_before", "f_before", time("last_used_before", time)));
        return filter;
    }

    /** A name, or {@code owner/name}. */
    private void bare(String text, String me) {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            owner(text.substring(0, slash), me);
        }
        if (slash < text.length() - 1) {
            like("w.name", "f_bare", text.substring(slash + 1));
        }
    }

    private void owner(String name, String me) {
        and(
                "(lower(owner.username) = lower(:f_owner) OR owner.id::text = lower(:f_owner))",
                "f_owner",
                name.equals("me") ? me : name);
    }

    private static UUID[] ids(String text) {
        return Arrays.stream(text.split(","))
                .map(id -> Request.parseId(id.strip()).orElseThrow(() -> invalid("id", "Must be a UUID.")))
                .toArray(UUID[]::new);
    }

    private static String status(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean known = Arrays.stream(WorkspaceStatus.values())
                .anyMatch(status -> status.name().toLowerCase(Locale.ROOT).equals(lower));
        if (!known) {
            throw invalid("status", "\"" + text + "\" is not a status of workspaces.");
        }
        return lower;
    }

    private static Instant time(String key, String text) {
        try {
            return Instant.parse(text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            throw invalid(key, "Must be a time as 2006-01-02T15:04:05Z.");
        }
    }

    private static Failure invalid(String key, String problem) {
        return new Failure.Invalid("Invalid workspace search query.", key, problem);
    }

    private void like(String column, String name, String text) {
        String escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        and(column + " ILIKE :" + name, name, "%" + escaped + "%");
    }

    private void and(String condition, String name, Object value) {
        if (values.put(name, value) != null) {
            throw invalid("q", "The owner is given more than once.");
        }
        sql.append(" AND ").append(condition);
    }

    String sql() {
        return sql.toString();
    }

    Query bind(Query query) {
        values.forEach((name, value) -> {
            if (value instanceof UUID[] ids) {
                query.bindArray(name, UUID.class, (Object[]) ids);
            } else {
                query.bind(name, value);
            }
        });
        return query;
    }
}
