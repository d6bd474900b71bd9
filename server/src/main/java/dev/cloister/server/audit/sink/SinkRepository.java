package dev.cloister.server.audit.sink;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.Columns;
import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.core.type.TypeReference;

/** The rows of sinks. They belong to the deployment: the right is on all of them. */
final class SinkRepository {
    private static final Visibility.Columns VISIBILITY = new Visibility.Columns("s.id", "", "", "");
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final String COLUMNS =
            "s.id, s.name, s.transport, s.format, s.enabled, s.settings, s.secrets, s.created_at, s.updated_at";
    private static final String STATUS = "SELECT " + COLUMNS + """
            , s.cursor, s.failures, s.last_error, s.last_error_at, s.last_success_at,
                   (SELECT coalesce(max(log_index) + 1, 0) FROM audit_leaves) AS size, e.time AS oldest
            FROM audit_sinks s
            LEFT JOIN audit_leaves l ON l.log_index = s.cursor
            LEFT JOIN audit_events e ON e.sequence = l.sequence
            """;

    static Visibility.Columns visibility() {
        return VISIBILITY;
    }

    private static Sink sink(ResultSet row) throws SQLException {
        return new Sink(
                Columns.id(row, "id"),
                row.getString("name"),
                row.getString("transport"),
                row.getString("format"),
                row.getBoolean("enabled"),
                ApiJson.mapper().readValue(row.getString("settings"), TEXTS),
                Secret.of(Base64.getEncoder().encodeToString(row.getBytes("secrets"))),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }

    private static SinkStatus status(ResultSet row, StatementContext context) throws SQLException {
        return new SinkStatus(
                sink(row),
                row.getLong("cursor"),
                row.getLong("size"),
                Columns.instantOrNull(row, "oldest"),
                row.getInt("failures"),
                row.getString("last_error"),
                Columns.instantOrNull(row, "last_error_at"),
                Columns.instantOrNull(row, "last_success_at"));
    }

    List<SinkStatus> list(ReadTx tx, Visibility visibility) {
        return visibility
                .bind(tx.query(STATUS + " WHERE " + visibility.sql() + " ORDER BY s.name"))
                .map(SinkRepository::status)
                .list();
    }

    Optional<SinkStatus> find(ReadTx tx, Visibility visibility, UUID id) {
        return visibility
                .bind(tx.query(STATUS + " WHERE s.id = :id AND " + visibility.sql()))
                .bind("id", id)
                .map(SinkRepository::status)
                .findOne();
    }

    /** For the server's own figures. */
    List<SinkStatus> all(ReadTx tx) {
        return tx.query(STATUS + " ORDER BY s.name").map(SinkRepository::status).list();
    }

    /** The row, locked until the transaction ends. */
    Optional<Sink> lock(WriteTx tx, UUID id) {
        return tx.query("SELECT " + COLUMNS + " FROM audit_sinks s WHERE s.id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, context) -> sink(row))
                .findOne();
    }

    /** Lets one sink be made at a time, so that their number has a limit; says how many there are. */
    int lockAll(WriteTx tx) {
        tx.update("LOCK TABLE audit_sinks IN SHARE ROW EXCLUSIVE MODE").execute();
        return tx.query("SELECT count(*) FROM audit_sinks").mapTo(Integer.class).one();
    }

    boolean isNameTaken(ReadTx tx, String name) {
        return tx.query("SELECT EXISTS (SELECT 1 FROM audit_sinks WHERE name = :name)")
                .bind("name", name)
                .mapTo(Boolean.class)
                .one();
    }

    /** The first event that is still on the log, and how many have places. */
    record Extent(long first, long size) {}

    Extent extent(ReadTx tx) {
        return tx.query("""
                SELECT coalesce(min(log_index), 0) AS first, coalesce(max(log_index) + 1, 0) AS size
                FROM audit_leaves""")
                .map((row, context) -> new Extent(row.getLong("first"), row.getLong("size")))
                .one();
    }

    void insert(WriteTx tx, Sink sink, long cursor) {
        tx.update("""
                INSERT INTO audit_sinks (id, name, transport, format, enabled, settings, secrets, created_at, updated_at,
                    cursor, lease_ends_at, next_attempt_at)
                VALUES (:id, :name, :transport, :format, :enabled, :settings::jsonb, :secrets, :created, :updated,
                    :cursor, :created, :created)""")
                .bind("id", sink.id())
                .bind("name", sink.name())
                .bind("transport", sink.transport())
                .bind("format", sink.format())
                .bind("enabled", sink.enabled())
                .bind("settings", ApiJson.mapper().writeValueAsString(sink.settings()))
                .bind("secrets", Base64.getDecoder().decode(sink.secrets().reveal()))
                .bind("created", sink.createdAt())
                .bind("updated", sink.updatedAt())
                .bind("cursor", cursor)
                .execute();
    }

    /** What was changed is tried at once, by whoever is first. */
    void update(WriteTx tx, Sink sink) {
        tx.update("""
                UPDATE audit_sinks SET format = :format, enabled = :enabled, settings = :settings::jsonb,
                    secrets = :secrets, updated_at = :updated, lease = NULL, next_attempt_at = :updated, failures = 0
                WHERE id = :id""")
                .bind("id", sink.id())
                .bind("format", sink.format())
                .bind("enabled", sink.enabled())
                .bind("settings", ApiJson.mapper().writeValueAsString(sink.settings()))
                .bind("secrets", Base64.getDecoder().decode(sink.secrets().reveal()))
                .bind("updated", sink.updatedAt())
                .execute();
    }

    void delete(WriteTx tx, UUID id) {
        tx.update("DELETE FROM audit_sinks WHERE id = :id").bind("id", id).execute();
    }

    /** Which sinks there are to send to. */
    List<UUID> enabled(ReadTx tx) {
        return tx.query("SELECT id FROM audit_sinks WHERE enabled")
                .mapTo(UUID.class)
                .list();
    }

    /** Takes or renews the right to send, empty where another has it, or it is not time yet. */
    Optional<Lease> lease(WriteTx tx, UUID id, UUID holder, Instant now, Instant until) {
        return tx.query("""
                UPDATE audit_sinks s SET lease = :holder, lease_ends_at = :until
                WHERE s.id = :id AND s.enabled AND s.next_attempt_at <= :now
                  AND (s.lease IS NULL OR s.lease = :holder OR s.lease_ends_at <= :now)
                RETURNING\s""" + COLUMNS + ", s.cursor, s.failures, s.lease_ends_at")
                .bind("id", id)
                .bind("holder", holder)
                .bind("now", now)
                .bind("until", until)
                .map((row, context) -> new Lease(
                        holder,
                        sink(row),
                        row.getLong("cursor"),
                        row.getInt("failures"),
                        Columns.instant(row, "lease_ends_at")))
                .findOne();
    }

    /** Notes that everything before {@code next} was taken; false where the right was lost meanwhile. */
    boolean advance(WriteTx tx, Lease lease, long next, Instant now, Instant until) {
        return tx.update("""
                        UPDATE audit_sinks SET cursor = :next, failures = 0, last_success_at = :now,
                            next_attempt_at = :now, lease_ends_at = :until
                        WHERE id = :id AND lease = :holder AND cursor = :cursor""")
                        .bind("id", lease.sink().id())
                        .bind("holder", lease.holder())
                        .bind("cursor", lease.cursor())
                        .bind("next", next)
                        .bind("now", now)
                        .bind("until", until)
                        .execute()
                == 1;
    }

    void failed(WriteTx tx, Lease lease, String error, Instant now, Instant next) {
        tx.update("""
                UPDATE audit_sinks SET failures = failures + 1, last_error = :error, last_error_at = :now,
                    next_attempt_at = :next
                WHERE id = :id AND lease = :holder""")
                .bind("id", lease.sink().id())
                .bind("holder", lease.holder())
                .bind("error", error)
                .bind("now", now)
                .bind("next", next)
                .execute();
    }

    void release(WriteTx tx, UUID id, UUID holder) {
        tx.update("UPDATE audit_sinks SET lease = NULL WHERE id = :id AND lease = :holder")
                .bind("id", id)
                .bind("holder", holder)
                .execute();
    }

    OptionalLong lowestCursor(ReadTx tx) {
        return tx.query("SELECT min(cursor) AS lowest FROM audit_sinks")
                .map((row, context) -> Optional.ofNullable(Columns.longOrNull(row, "lowest")))
                .one()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }
}
