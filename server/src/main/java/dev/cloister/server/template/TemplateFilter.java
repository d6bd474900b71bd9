package dev.cloister.server.template;

import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.SearchQuery;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** Which templates a list asks for. Deprecated ones only where they are asked for, as Coder does. */
final class TemplateFilter {
    static final Set<String> KEYS = Set.of(
            "organization",
            "exact_name",
            "exact_display_name",
            "name",
            "display_name",
            "ids",
            "deprecated",
            "author",
            "author_id",
            "deleted",
            "has-ai-task",
            "has_external_agent");

    private static final int MAX_IDS = 100;

    private final StringBuilder sql = new StringBuilder("TRUE");
    private final Map<String, Object> values = new LinkedHashMap<>();

    private TemplateFilter() {}

    /** Templates of one organization; deprecated ones too unless the query says which. */
    static TemplateFilter within(UUID organization, SearchQuery query, String me) {
        var filter = of(query, me, Optional.empty());
        filter.and("t.organization_id = :f_within", "f_within", organization);
        return filter;
    }

    /**
     * Templates of all organizations; deprecated ones only where the query asks for them.
     *
     * @param me the name that stands for the caller's own
     */
    static TemplateFilter of(SearchQuery query, String me) {
        return of(query, me, Optional.of(false));
    }

    private static TemplateFilter of(SearchQuery query, String me, Optional<Boolean> deprecatedUnlessAsked) {
        var filter = new TemplateFilter();
        query.bare().or(() -> query.value("name")).ifPresent(name -> filter.like("t.name", "f_name", name));
        query.value("display_name").ifPresent(name -> filter.like("t.display_name", "f_display", name));
        query.value("exact_name").ifPresent(name -> filter.and("lower(t.name) = lower(:f_exact)", "f_exact", name));
        query.value("exact_display_name")
                .ifPresent(name -> filter.and("lower(t.display_name) = lower(:f_exact_d)", "f_exact_d", name));
        query.value("organization")
                .ifPresent(name ->
                        filter.and("(o.id::text = lower(:f_org) OR lower(o.name) = lower(:f_org))", "f_org", name));
        query.value("author")
                .ifPresent(name ->
                        filter.and("lower(u.username) = lower(:f_author)", "f_author", name.equals("me") ? me : name));
        query.value("author_id")
                .ifPresent(id -> filter.and("t.created_by = :f_author_id", "f_author_id", id("author_id", id)));
        query.value("ids")
                .ifPresent(ids -> filter.and(
                        "t.id = ANY(:f_ids)",
                        "f_ids",
                        Arrays.stream(ids.split(",", MAX_IDS + 1))
                                .map(id -> id("ids", id))
                                .toArray(UUID[]::new)));
        filter.and("t.deleted = :f_deleted", "f_deleted", flag(query, "deleted").orElse(false));
        flag(query, "deprecated")
                .or(() -> query.value("deprecated").isPresent() ? Optional.empty() : deprecatedUnlessAsked)
                .ifPresent(wanted -> filter.and("(t.deprecated <> '') = :f_deprecated", "f_deprecated", wanted));
        for (String kind : List.of("has-ai-task", "has_external_agent")) {
            // No template has one, so that asking for it finds nothing.
            if (flag(query, kind).orElse(false)) {
                filter.sql.append(" AND FALSE");
            }
        }
        return filter;
    }

    /** A key that is true or false; {@code any} is neither. */
    private static Optional<Boolean> flag(SearchQuery query, String key) {
        return query.value(key).flatMap(text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Optional.of(true);
            case "false", "0" -> Optional.of(false);
            case "any" -> Optional.<Boolean>empty();
            default -> throw new Failure.Invalid("Invalid template search query.", key, "Must be true, false or any.");
        });
    }

    private static UUID id(String key, String text) {
        return Request.parseId(text.strip())
                .orElseThrow(() -> new Failure.Invalid("Invalid template search query.", key, "Must be a UUID."));
    }

    private void like(String column, String name, String text) {
        String escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        and(column + " ILIKE :" + name, name, "%" + escaped + "%");
    }

    private void and(String condition, String name, Object value) {
        sql.append(" AND ").append(condition);
        values.put(name, value);
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
