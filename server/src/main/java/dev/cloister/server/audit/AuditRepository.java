package dev.cloister.server.audit;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.AuditLog;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.List;

/** The rows of the audit log. They are only ever added; the schema refuses UPDATE and DELETE. */
public final class AuditRepository {
    private static final int COUNT_CAP = 2000;

    void append(WriteTx tx, StoredEvent stored) {
        AuditEvent event = stored.event();
        tx.update("""
                INSERT INTO audit_events (id, time, actor_id, actor_name, organization_id, address, user_agent,
                    resource_type, resource_id, resource_target, action, diff, status_code, additional_fields,
                    request_id)
                VALUES (:id, :time, :actor, :actorName, :organization, :address, :userAgent,
                    :type, :resource, :target, :action, :diff::jsonb, :status, :additional::jsonb,
                    :request)""")
                .bind("id", stored.id())
                .bind("time", stored.time())
                .bind("actor", stored.actor())
                .bind("actorName", stored.actorName())
                .bind("organization", event.organization())
                .bind("address", stored.caller().origin().address())
                .bind("userAgent", stored.caller().origin().userAgent())
                .bind("type", event.type().wireName())
                .bind("resource", event.resource())
                .bind("target", event.target())
                .bind("action", event.action().wireName())
                .bind("diff", json(event.difference()))
                .bind("status", event.status())
                .bind("additional", json(event.additional()))
                .bind("request", stored.caller().origin().requestId())
                .execute();
    }

    private static String json(Object value) {
        return ApiJson.mapper().writeValueAsString(value).replace("\\u0000", "\uFFFD");
    }

    List<AuditLog> list(ReadTx tx, Visibility visibility, AuditFilter filter, int limit, int offset) {
        var query = tx.query("""
                SELECT e.*, u.username, u.name, u.email, u.avatar_url, u.status, u.login_type, u.created_at,
                       u.updated_at, u.last_seen_at, u.rbac_roles,
                       o.name AS organization_name, o.display_name AS organization_display_name,
                       o.icon AS organization_icon
                FROM audit_events e
                LEFT JOIN users u ON u.id = e.actor_id
                LEFT JOIN organizations o ON o.id = e.organization_id
                WHERE %s AND %s
                ORDER BY e.sequence DESC
                LIMIT :limit OFFSET :offset""".formatted(visibility.sql(), filter.sql()));
        return filter.bind(visibility.bind(query))
                .bind("limit", limit)
                .bind("offset", offset)
                .map(AuditRow::map)
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
