package dev.cloister.server.identity;

import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.SearchQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.Query;

/** Which people a list asks for. Several values of a key are separated by commas; any of them fits. */
final class UserFilter {
    static final Set<String> KEYS = Set.of(
            "search",
            "name",
            "status",
            "service_account",
            "role",
            "last_seen_after",
            "last_seen_before",
            "created_after",
            "created_before",
            "github_com_user_id",
            "login_type");
    private static final Set<String> STATUSES = Set.of("active", "dormant", "suspended");
    private static final Set<String> LOGIN_TYPES = Set.of("password", "github", "oidc", "token", "none");

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
        query.value("status").ifPresent(text -> filter.anyOf("status", "u.status", text, STATUSES));
        query.value("login_type").ifPresent(text -> filter.anyOf("login_type", "u.login_type", text, LOGIN_TYPES));
        query.value("role")
                .ifPresent(role -> filter.and(
                        // Everybody is a member without having been given the role.
                        "(u.rbac_roles && string_to_array(:f_role, ',')"
                                + " OR 'member' = ANY(string_to_array(:f_role, ',')))",
                        "f_role",
                        role.toLowerCase(Locale.ROOT)));
        query.value("service_account")
                .ifPresent(text -> filter.and("u.is_service_account = :f_service", "f_service", truth(text)));
        // Nobody signs in with GitHub, so that no account has an id there.
        query.value("github_com_user_id").ifPresent(text -> filter.and(":f_github = 0", "f_github", number(text)));
        filter.time(query, "last_seen_after", "u.last_seen_at >= ");
        filter.time(query, "last_seen_before", "u.last_seen_at <= ");
        filter.time(query, "created_after", "u.created_at >= ");
        filter.time(query, "created_before", "u.created_at <= ");
        return filter;
    }

    private void anyOf(String key, String column, String text, Set<String> known) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String value : lower.split(",", -1)) {
            if (!known.contains(value)) {
                throw invalid(
                        key,
                        "\"" + key + "\" is one or more of "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
            }
        }
        and(column + " = ANY(string_to_array(:f_" + key + ", ','))", "f_" + key, lower);
    }

    private void time(SearchQuery query, String key, String comparison) {
        query.value(key).ifPresent(text -> and(comparison + ":f_" + key, "f_" + key, instant(key, text)));
    }

    private static Instant instant(String key, String text) {
        try {
            Instant time = text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
            int year = time.atOffset(ZoneOffset.UTC).getYear();
            if (year >= 1 && year <= 9999) {
                return time;
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw invalid(key, "\"" + key + "\" must be a time such as 2026-01-31T12:00:00Z.");
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> true;
            case "false", "f", "0" -> false;
            default -> throw invalid("service_account", "\"service_account\" must be true or false.");
        };
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw invalid("github_com_user_id", "\"github_com_user_id\" must be a number.");
        }
    }

    private static Failure invalid(String key, String problem) {
        return new Failure.Invalid("Invalid user search query.", key, problem);
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
