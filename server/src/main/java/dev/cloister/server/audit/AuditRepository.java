package dev.cloister.server.audit;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.AuditLog;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.Update;

/** The rows of the audit log. They are only ever added; the schema refuses UPDATE and DELETE. */
public final class AuditRepository {
    private static final int COUNT_CAP = 2000;
    private static final String SELECT = """
            SELECT e.*, u.username, u.name, u.email, u.avatar_url, u.status, u.login_type, u.created_at,
                   u.updated_at, u.last_seen_at, u.rbac_roles,
                   o.name AS organization_name, o.display_name AS organization_display_name,
                   o.icon AS organization_icon
            FROM audit_events e
            LEFT JOIN users u ON u.id = e.actor_id
            LEFT JOIN organizations o ON o.id = e.organization_id
            """;
    private static final String INSERT = """
            WITH audit_event AS (
            INSERT INTO audit_events (id, time, actor_id, actor_name, organization_id, address, user_agent,
                resource_type, resource_id, resource_target, action, diff, status_code, additional_fields, request_id)
            VALUES\s""";
    private static final String ROW = """
            (:audit_#_id, :audit_#_time, :audit_#_actor, :audit_#_actorName, :audit_#_organization, :audit_#_address,
            :audit_#_userAgent, :audit_#_type, :audit_#_resource, :audit_#_target, :audit_#_action,
            :audit_#_diff::jsonb, :audit_#_status, :audit_#_additional::jsonb, :audit_#_request)""";

    /** What waits for its place in the tree. */
    private static final String QUEUE = """
             RETURNING sequence, id)
            INSERT INTO audit_queue (sequence, entry, salts)
            SELECT audit_event.sequence, sealed.entry, sealed.salts
            FROM audit_event JOIN (VALUES\s""";

    private static final String SEALED = "(:audit_#_id::uuid, :audit_#_entry::bytea, :audit_#_salts::bytea)";

    /** How many events one statement holds; a change seldom has more than three. */
    private static final int AT_ONCE = 20;

    /** The statement for each number of events. */
    private static final List<String> INSERTS = IntStream.rangeClosed(0, AT_ONCE)
            .mapToObj(AuditRepository::statement)
            .toList();

    /**
     * Ends a transaction in one round trip: its last statement, its events, its announcements, the commit. They are
     * sent one after the other and PostgreSQL skips all that follow one that fails, so that nothing is committed
     * without its events.
     */
    void finish(WriteTx tx, List<StoredEvent> events) {
        int whole = (events.size() - 1) / AT_ONCE * AT_ONCE;
        for (int from = 0; from < whole; from += AT_ONCE) {
            var some = events.subList(from, from + AT_ONCE);
            bind(tx.update(INSERTS.get(AT_ONCE)), some).execute();
        }
        var rest = events.subList(whole, events.size());
        var parts = new ArrayList<String>();
        tx.last().ifPresent(last -> parts.add(last.sql()));
        if (!rest.isEmpty()) {
            parts.add(INSERTS.get(rest.size()));
        }
        if (!tx.announced().isEmpty()) {
            parts.add(Events.notifySql());
        }
        if (parts.isEmpty()) {
            return;
        }
        parts.add("COMMIT");
        Update update = bind(tx.update(String.join(";\n", parts)), rest);
        tx.last().ifPresent(last -> last.values().forEach(update::bind));
        if (!tx.announced().isEmpty()) {
            update.bindArray("announced", String.class, tx.announced().toArray());
        }
        update.execute();
    }

    private static String statement(int count) {
        return INSERT + rows(ROW, count) + QUEUE + rows(SEALED, count) + ") AS sealed (id, entry, salts) USING (id)";
    }

    private static String rows(String row, int count) {
        var rows = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            rows.add(row.replace("#", Integer.toString(i)));
        }
        return String.join(", ", rows);
    }

    private static Update bind(Update update, List<StoredEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            bind(update, events.get(i), "audit_" + i + "_");
        }
        return update;
    }

    private static void bind(Update update, StoredEvent stored, String prefix) {
        AuditEvent event = stored.event();
        String diff = json(event.difference());
        String additional = json(event.additional());
        var entry = LogEntry.of(stored.facts(diff, additional));
        update.bind(prefix + "id", stored.id())
                .bind(prefix + "time", stored.time())
                .bind(prefix + "actor", stored.actor())
                .bind(prefix + "actorName", stored.actorName())
                .bind(prefix + "organization", event.organization())
                .bind(prefix + "address", stored.caller().origin().address())
                .bind(prefix + "userAgent", stored.caller().origin().userAgent())
                .bind(prefix + "type", event.type().wireName())
                .bind(prefix + "resource", event.resource())
                .bind(prefix + "target", event.target())
                .bind(prefix + "action", event.action().wireName())
                .bind(prefix + "diff", diff)
                .bind(prefix + "status", event.status())
                .bind(prefix + "additional", additional)
                .bind(prefix + "request", stored.caller().origin().requestId())
                .bind(prefix + "entry", entry.entry())
                .bind(prefix + "salts", entry.salts());
    }

    private static String json(Object value) {
        return ApiJson.mapper().writeValueAsString(value).replace("\\u0000", "\uFFFD");
    }

    List<AuditLog> list(ReadTx tx, Visibility visibility, AuditFilter filter, int limit, int offset) {
        var query = tx.query((SELECT + """
                WHERE %s AND %s
                ORDER BY e.sequence DESC
                LIMIT :limit OFFSET :offset""").formatted(visibility.sql(), filter.sql()));
        return filter.bind(visibility.bind(query))
                .bind("limit", limit)
                .bind("offset", offset)
                .map(AuditRow::map)
                .list();
    }

    /** An event with its number, by which pages of an export follow each other. */
    record Placed(long sequence, AuditLog log) {}

    /** The events before a number, newest first. */
    List<Placed> page(ReadTx tx, Visibility visibility, AuditFilter filter, long before, int limit) {
        var query = tx.query((SELECT + """
                WHERE e.sequence < :before AND %s AND %s
                ORDER BY e.sequence DESC
                LIMIT :limit""").formatted(visibility.sql(), filter.sql()));
        return filter.bind(visibility.bind(query))
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> new Placed(row.getLong("sequence"), AuditRow.map(row, context)))
                .list();
    }

    long count(ReadTx tx, Visibility visibility, AuditFilter filter) {
        var query = tx.query("""
                SELECT count(*) FROM (
                    SELECT 1 FROM audit_events e LEFT JOIN users u ON u.id = e.actor_id
                    WHERE %s AND %s LIMIT :cap) AS capped""".formatted(visibility.sql(), filter.sql()));
        return filter.bind(visibility.bind(query))
                .bind("cap", COUNT_CAP)
                .mapTo(Long.class)
                .one();
    }

    static int countCap() {
        return COUNT_CAP;
    }

    /** The columns that decide who can see an event. */
    static Visibility.Columns columns() {
        return new Visibility.Columns("e.id", "e.organization_id", "", "");
    }
}
