package dev.cloister.server.notification;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The queue of messages. What goes in and out is decided by nobody's request, so that it takes no permits. */
public final class MessageRepository {
    /**
     * One row for each person of the audience and each method: the inbox, that of the template or deployment, and
     * browsers where there are any.
     */
    private static final String ENQUEUE = """
            INSERT INTO notification_messages (id, template_id, user_id, method, labels, targets, created_by,
                fingerprint, next_attempt_at, created_at)
            SELECT gen_random_uuid(), :template, u.id, m.method, :labels::jsonb, :targets, :by, :fingerprint, :now, :now
            FROM users u
            LEFT JOIN notification_preferences p ON p.user_id = u.id AND p.template_id = :template
            CROSS JOIN (SELECT 'inbox' AS method UNION SELECT coalesce(
                (SELECT method FROM notification_template_methods WHERE template_id = :template), :usual) UNION SELECT 'webpush') AS m
            WHERE NOT u.deleted AND %s
              AND NOT coalesce(p.disabled, :off)
              AND m.method = ANY(:usable)
              AND (m.method <> 'smtp' OR u.email <> '')
              AND (m.method <> 'webpush' OR EXISTS (SELECT FROM webpush_subscriptions s WHERE s.user_id = u.id))
            ON CONFLICT DO NOTHING""";

    private static final String ADMINISTRATES = "u.status <> 'suspended' AND u.id IS DISTINCT FROM :except AND ";

    int enqueue(
            WriteTx tx,
            Audience audience,
            Notice notice,
            byte[] fingerprint,
            Method usual,
            Set<Method> usable,
            Instant now) {
        var statement = tx.update(ENQUEUE.formatted(condition(audience)))
                .bind("template", notice.occasion().id())
                .bind("labels", ApiJson.mapper().writeValueAsString(notice.labels()))
                .bindArray("targets", UUID.class, notice.targets().toArray())
                .bind("by", notice.by())
                .bind("fingerprint", fingerprint)
                .bind("usual", usual.wireName())
                .bindArray(
                        "usable",
                        String.class,
                        usable.stream().map(Method::wireName).toArray())
                .bind("off", !notice.occasion().enabledByDefault())
                .bind("now", now);
        return bind(statement, audience).execute();
    }

    private static String condition(Audience audience) {
        return switch (audience) {
            case Audience.Person person -> "u.id = :person";
            case Audience.UserAdministrators administrators ->
                ADMINISTRATES + "u.rbac_roles && '{owner,user-admin}'::text[]";
            case Audience.TemplateAdministrators administrators -> ADMINISTRATES + """
                    (u.rbac_roles && '{owner,template-admin}'::text[] OR EXISTS (
                        SELECT FROM organization_members o WHERE o.user_id = u.id AND o.organization_id = :organization
                        AND o.roles && '{organization-admin,organization-template-admin}'::text[]))""";
            case Audience.UsersOfTemplate users -> ADMINISTRATES + """
                    u.id IN (SELECT w.owner_id FROM workspaces w WHERE w.template_id = :of AND NOT w.deleted)""";
        };
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Audience audience) {
        return switch (audience) {
            case Audience.Person person -> statement.bind("person", person.id());
            case Audience.UserAdministrators administrators -> except(statement, administrators.except());
            case Audience.TemplateAdministrators administrators ->
                except(statement, administrators.except()).bind("organization", administrators.organization());
            case Audience.UsersOfTemplate users ->
                except(statement, users.except()).bind("of", users.template());
        };
    }

    private static <S extends SqlStatement<S>> S except(S statement, @Nullable UUID person) {
        return statement.bind("except", person);
    }

    /**
     * Takes messages that are due, for nobody else until {@code until}; none while sending rests. A worker that dies
     * leaves them due again from then on.
     */
    public List<Message> lease(WriteTx tx, UUID lease, int count, Instant now, Instant until) {
        return tx.query("""
                WITH due AS (
                    SELECT id FROM notification_messages
                    WHERE status = 'waiting' AND next_attempt_at <= :now
                      AND NOT (SELECT paused FROM notification_settings)
                    ORDER BY next_attempt_at LIMIT :count FOR UPDATE SKIP LOCKED)
                UPDATE notification_messages m
                SET lease = :lease, next_attempt_at = :until, attempts = m.attempts + 1
                FROM due, users u
                WHERE m.id = due.id AND u.id = m.user_id
                RETURNING m.*, u.username, u.name, u.email, NOT u.deleted AND NOT EXISTS (
                    SELECT FROM notification_preferences p
                    WHERE p.user_id = u.id AND p.template_id = m.template_id AND p.disabled) AS wanted""")
                .bind("lease", lease)
                .bind("count", count)
                .bind("now", now)
                .bind("until", until)
                .map(MessageRepository::message)
                .list();
    }

    /** Whether sending rests. */
    public boolean isPaused(ReadTx tx) {
        return tx.query("SELECT paused FROM notification_settings")
                .mapTo(Boolean.class)
                .one();
    }

    /** The method of a kind, empty where it is that of the deployment. */
    public Optional<Method> methodOf(ReadTx tx, Occasion occasion) {
        return tx.query("SELECT method FROM notification_template_methods WHERE template_id = :template")
                .bind("template", occasion.id())
                .mapTo(String.class)
                .findOne()
                .flatMap(Method::parse);
    }

    /** Whether a person has not switched a kind off. */
    public boolean isWanted(ReadTx tx, UUID person, Occasion occasion) {
        return tx.query("""
                SELECT NOT EXISTS (SELECT FROM notification_preferences
                    WHERE user_id = :user AND template_id = :template AND disabled)""")
                .bind("user", person)
                .bind("template", occasion.id())
                .mapTo(Boolean.class)
                .one();
    }

    private static Message message(ResultSet row, StatementContext context) throws SQLException {
        return new Message(
                Columns.id(row, "id"),
                Occasion.of(Columns.id(row, "template_id")).orElse(Occasion.CUSTOM),
                Method.parse(row.getString("method")).orElseThrow(),
                new Message.Recipient(
                        Columns.id(row, "user_id"),
                        row.getString("username"),
                        row.getString("name"),
                        row.getString("email")),
                labels(row.getString("labels")),
                List.of((UUID[]) row.getArray("targets").getArray()),
                Columns.id(row, "lease"),
                row.getInt("attempts"),
                row.getBoolean("wanted"),
                Columns.instant(row, "created_at"));
    }

    private static Map<String, String> labels(String json) {
        return ApiJson.mapper().readValue(json, new TypeReference<Map<String, String>>() {});
    }

    /** Ends a message; false where the lease is no longer ours. */
    public boolean end(WriteTx tx, Message message, Outcome outcome, String error) {
        return tx.update("""
                UPDATE notification_messages SET status = :status, lease = NULL, last_error = :error
                WHERE id = :id AND lease = :lease AND status = 'waiting'""")
                        .bind("status", outcome.column)
                        .bind("error", error)
                        .bind("id", message.id())
                        .bind("lease", message.lease())
                        .execute()
                == 1;
    }

    /** Has a message tried again; nothing where the lease is no longer ours. */
    public void again(WriteTx tx, Message message, Instant at, String error) {
        tx.update("""
                UPDATE notification_messages SET lease = NULL, next_attempt_at = :at, last_error = :error
                WHERE id = :id AND lease = :lease AND status = 'waiting'""")
                .bind("at", at)
                .bind("error", error)
                .bind("id", message.id())
                .bind("lease", message.lease())
                .execute();
    }

    /** Forgets messages that were made before {@code then}, sent or not. */
    public int forget(WriteTx tx, Instant then) {
        return tx.update("DELETE FROM notification_messages WHERE created_at < :then")
                .bind("then", then)
                .execute();
    }

    /** How a message ends. */
    public enum Outcome {
        SENT("sent"),
        FAILED("failed"),
        /** Nobody wants it any more. */
        INHIBITED("inhibited");

        private final String column;

        Outcome(String column) {
            this.column = column;
        }
    }
}
