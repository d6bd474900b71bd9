package dev.cloister.server.identity;

import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.SearchQuery;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;

/** Which people a list asks for. */
final class UserFilter {
    static final Set<String> KEYS = Set.of("search", "name", "status", "role", "login_type");

    private final StringBuilder sql = new StringBuilder("TRUE");
    private final Map<String, Object> values = new LinkedHashMap<>();

    private UserFilter() {}

    static UserFilter of(SearchQuery query) {
        var filter = new UserFilter();
        query.bare()
                .or(() -> query.value("search"))
                .ifPresent(text -> filter.and(
                        "(u.username ILIKE :f_text OR u.email ILIKE :f_text)", "f_text", "%" + escaped(text) + "%"));
        query.value("name").ifPresent(text -> filter.and("u.name ILIKE :f_name", "f_name", "%" + escaped(text) + "%"));
        query.value("status").ifPresent(status -> {
            String lower = status.toLowerCase(Locale.ROOT);
            if (!Set.of("active", "dormant", "suspended").contains(lower)) {
                throw new Failure.Invalid(
                        "Invalid user search query.", "status", "Must be active, dormant or suspended.");
            }
            filter.and("u.status = :f_status", "f_status", lower);
        });
        query.value("role").ifPresent(role -> filter.and(":f_role = ANY(u.rbac_roles)", "f_role", role));
        query.value("login_type").ifPresent(type -> filter.and("u.login_type = :f_login", "f_login", type));
        return filter;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private void and(String condition, String name, Object value) {
        sql.append(" AND ").append(condition);
        values.put(name, value);
    }

    String sql() {
        return sql.toString();
    }

    Query bind(Query query) {
        values.forEach(query::bind);
        return query;
    }
}
