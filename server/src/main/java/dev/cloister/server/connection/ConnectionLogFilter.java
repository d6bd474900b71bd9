package dev.cloister.server.connection;

import dev.cloister.server.access.Caller;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.SearchQuery;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;

/** What part of the connection log is asked for: conditions in SQL with their values. */
final class ConnectionLogFilter {
    static final Set<String> KEYS = Set.of(
            "organization",
            "workspace_owner",
            "workspace_owner_email",
            "type",
            "username",
            "user_email",
            "connected_after",
            "connected_before",
            "workspace_id",
            "connection_id",
            "status");

    private final StringBuilder sql = new StringBuilder("TRUE");
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Caller.User caller;

    private ConnectionLogFilter(Caller.User caller) {
        this.caller = caller;
    }

    static ConnectionLogFilter of(SearchQuery query, Caller.User caller) {
        var filter = new ConnectionLogFilter(caller);
        query.bare().ifPresent(words -> {
            throw invalid("q", "Every term must be key:value.");
        });
        query.value("organization")
                .ifPresent(text -> filter.and("(o.id::text = :f_org OR lower(o.name) = lower(:f_org))", "f_org", text));
        query.value("workspace_owner").ifPresent(name -> filter.person("owner.username", "f_owner", name));
        query.value("workspace_owner_email").ifPresent(mail -> filter.text("owner.email", "f_owner_mail", mail));
        query.value("type").ifPresent(type -> filter.and("c.type = :f_type", "f_type", type));
        query.value("username").ifPresent(name -> filter.person("u.username", "f_user", name));
        query.value("user_email").ifPresent(mail -> filter.text("u.email", "f_mail", mail));
        query.value("connected_after")
                .ifPresent(text -> filter.and("c.connected_at >= :f_after", "f_after", time("connected_after", text)));
        query.value("connected_before")
                .ifPresent(
                        text -> filter.and("c.connected_at <= :f_before", "f_before", time("connected_before", text)));
        query.value("workspace_id")
                .ifPresent(
                        text -> filter.and("c.workspace_id = :f_workspace", "f_workspace", id("workspace_id", text)));
        query.value("connection_id")
                .ifPresent(text -> filter.and("c.id = :f_connection", "f_connection", id("connection_id", text)));
        query.value("status").ifPresent(filter::status);
        return filter;
    }

    private void person(String column, String name, String username) {
        text(column, name, username.equals("me") ? caller.subject().username() : username);
    }

    private void text(String column, String name, String value) {
        and("lower(" + column + ") = lower(:" + name + ")", name, value);
    }

    private void status(String status) {
        switch (status) {
            case "ongoing" -> sql.append(" AND c.disconnected_at IS NULL");
            case "completed" -> sql.append(" AND c.disconnected_at IS NOT NULL");
            default -> throw invalid("status", "Must be ongoing or completed.");
        }
    }

    private static UUID id(String key, String text) {
        return Request.parseId(text).orElseThrow(() -> invalid(key, "Must be a UUID."));
    }

    private static Instant time(String key, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw invalid(key, "Must be a time as in RFC 3339, such as 2026-01-31T08:00:00Z.");
        }
    }

    private static Failure invalid(String key, String problem) {
        return new Failure.Invalid("Invalid connection search query.", key, problem);
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
