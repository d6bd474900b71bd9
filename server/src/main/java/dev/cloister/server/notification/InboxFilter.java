package dev.cloister.server.notification;

import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Which notifications of an inbox are wanted.
 *
 * @param targets all of which a notification must be about
 * @param templates one of which it must be of; empty for any
 */
record InboxFilter(List<UUID> targets, List<UUID> templates, ReadStatus status) {
    private static final int MOST = 100;

    enum ReadStatus {
        ALL("TRUE"),
        READ("read_at IS NOT NULL"),
        UNREAD("read_at IS NULL");

        private final String sql;

        ReadStatus(String sql) {
            this.sql = sql;
        }
    }

    InboxFilter {
        targets = List.copyOf(targets);
        templates = List.copyOf(templates);
    }

    static InboxFilter of(Request request) {
        return new InboxFilter(ids(request, "targets"), ids(request, "templates"), status(request));
    }

    private static ReadStatus status(Request request) {
        return switch (request.query("read_status").orElse("all")) {
            case "all" -> ReadStatus.ALL;
            case "read" -> ReadStatus.READ;
            case "unread" -> ReadStatus.UNREAD;
            default -> throw invalid("read_status", "Must be one of all, read, unread.");
        };
    }

    private static List<UUID> ids(Request request, String name) {
        List<UUID> ids = request.query(name).stream()
                .flatMap(text -> Arrays.stream(text.split(",", MOST + 1)))
                .map(text -> Request.parseId(text.strip())
                        .orElseThrow(() -> invalid(name, "Must be UUIDs, separated by commas, at most " + MOST + ".")))
                .distinct()
                .toList();
        if (ids.size() > MOST) {
            throw invalid(name, "Must be at most " + MOST + ".");
        }
        return ids;
    }

    static Failure invalid(String name, String problem) {
        return new Failure.Invalid("Query parameters have invalid values.", name, problem);
    }

    String sql() {
        return "targets @> :targets" + (templates.isEmpty() ? "" : " AND template_id = ANY(:templates)") + " AND "
                + status.sql;
    }

    <S extends SqlStatement<S>> S bind(S statement) {
        statement.bindArray("targets", UUID.class, targets.toArray());
        return templates.isEmpty() ? statement : statement.bindArray("templates", UUID.class, templates.toArray());
    }
}
