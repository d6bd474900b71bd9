package dev.cloister.server.organization;

import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.SearchQuery;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;

/** Which people of an organization or group a list asks for. Several values of a key are separated by commas. */
final class MemberFilter {
    private static final Set<String> KEYS =
            Set.of("search", "name", "status", "role", "login_type", "service_account", "user_id");
    private static final Set<String> STATUSES = Set.of("active", "dormant", "suspended");
    private static final Set<String> LOGIN_TYPES = Set.of("password", "github", "oidc", "token", "none");

    private final StringBuilder sql = new StringBuilder("TRUE");
    private final Map<String, Object> values = new LinkedHashMap<>();

    private MemberFilter() {}

    static final MemberFilter ALL = new MemberFilter();

    static MemberFilter parse(String text) {
        var query = SearchQuery.parse(text, KEYS);
        var filter = new MemberFilter();
        query.bare()
                .or(() -> query.value("search"))
                .ifPresent(words -> filter.and(
                        "(u.username ILIKE :f_text OR u.email ILIKE :f_text OR u.name ILIKE :f_text)",
                        "f_text",
                        like(words)));
        query.value("name").ifPresent(name -> filter.and("u.name ILIKE :f_name", "f_name", like(name)));
        query.value("status").ifPresent(status -> filter.oneOf("status", "u.status", status, STATUSES));
        query.value("login_type").ifPresent(type -> filter.oneOf("login_type", "u.login_type", type, LOGIN_TYPES));
        query.value("role")
                .ifPresent(role -> filter.and(
                        "(m.roles && string_to_array(:f_role, ',') OR 'organization-member' ="
                                + " ANY(string_to_array(:f_role, ',')))",
                        "f_role",
                        role));
        query.value("service_account")
                .ifPresent(value -> filter.and("u.is_service_account = :f_machine", "f_machine", truth(value)));
        query.value("user_id")
                .ifPresent(ids -> filter.and("u.id::text = ANY(string_to_array(:f_ids, ','))", "f_ids", ids));
        return filter;
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw invalid("service_account", "Must be true or false.");
        };
    }

    private static Failure invalid(String key, String problem) {
        return new Failure.Invalid("Invalid search query.", key, problem);
    }

    private static String like(String text) {
        return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }

    private void oneOf(String key, String column, String text, Set<String> known) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String value : lower.split(",")) {
            if (!known.contains(value)) {
                throw invalid(
                        key,
                        "Must be one of "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
        and(column + " = ANY(string_to_array(:f_" + key + ", ','))", "f_" + key, lower);
    }

    private void and(String condition, String name, Object value) {
        sql.append(" AND ").append(condition);
        values.put(name, value);
    }

    String sql() {
        return "(" + sql + ")";
    }

    Query bind(Query query) {
        values.forEach(query::bind);
        return query;
    }
}
