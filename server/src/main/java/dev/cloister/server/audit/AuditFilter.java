package dev.cloister.server.audit;

import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.SearchQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** What part of the log is asked for: conditions in SQL with their values. */
final class AuditFilter {
    static final Set<String> KEYS = Set.of(
            "resource_type",
            "resource_id",
            "resource_target",
            "action",
            "username",
            "email",
            "date_from",
            "date_to",
            "build_reason",
            "organization",
            "request_id");

    private final StringBuilder sql = new StringBuilder("TRUE");
    private final Map<String, Object> values = new LinkedHashMap<>();

    private AuditFilter() {}

    static AuditFilter of(SearchQuery query, Caller.User caller) {
        var filter = new AuditFilter();
        query.bare().ifPresent(type -> filter.and("e.resource_type = :f_type", "f_type", type));
        query.value("resource_type").ifPresent(type -> filter.and("e.resource_type = :f_rtype", "f_rtype", type));
        query.value("resource_id")
                .ifPresent(id -> filter.and("e.resource_id = :f_rid", "f_rid", id("resource_id", id)));
        query.value("resource_target")
                .ifPresent(target -> filter.and("e.resource_target = :f_target", "f_target", target));
        query.value("action").ifPresent(action -> filter.and("e.action = :f_action", "f_action", action));
        query.value("username")
                .ifPresent(name -> filter.and(
                        "lower(u.username) = lower(:f_user)",
                        "f_user",
                        name.equals("me") ? caller.subject().username() : name));
        query.value("email").ifPresent(email -> filter.and("lower(u.email) = lower(:f_email)", "f_email", email));
        query.value("date_from")
                .ifPresent(date -> filter.and("e.time >= :f_from", "f_from", startOf("date_from", date, 0)));
        query.value("date_to").ifPresent(date -> filter.and("e.time < :f_to", "f_to", startOf("date_to", date, 1)));
        query.value("build_reason")
                .ifPresent(
                        reason -> filter.and("e.additional_fields ->> 'build_reason' = :f_reason", "f_reason", reason));
        query.value("organization").ifPresent(filter::organization);
        query.value("request_id").ifPresent(id -> filter.and("e.request_id = :f_req", "f_req", id("request_id", id)));
        return filter;
    }

    /** By id or name. One that is not there, or that nobody shows the caller, has no events for them either way. */
    private void organization(String named) {
        Request.parseId(named)
                .ifPresentOrElse(
                        id -> and("e.organization_id = :f_org", "f_org", id),
                        () -> and(
                                "e.organization_id IN"
                                        + " (SELECT f.id FROM organizations f WHERE lower(f.name) = lower(:f_org))",
                                "f_org",
                                named));
    }

    private static UUID id(String key, String text) {
        return Request.parseId(text)
                .orElseThrow(() -> new Failure.Invalid("Invalid audit search query.", key, "Must be a UUID."));
    }

    private static Instant startOf(String key, String text, int daysLater) {
        try {
            return LocalDate.parse(text)
                    .plusDays(daysLater)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new Failure.Invalid("Invalid audit search query.", key, "Must be a date as YYYY-MM-DD.");
        }
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
