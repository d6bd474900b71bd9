package dev.cloister.server.audit.log;

import dev.cloister.contract.proof.Checkpoint;
import dev.cloister.contract.proof.Hash;
import dev.cloister.contract.proof.Tile;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.LogEntry;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.mapper.RowMapper;

/** The rows of the tree. Leaves and full tiles are only ever added. */
final class LogRepository {
    /** The advisory lock of whoever gives events their places: the bytes of "auditlog". */
    private static final long PLACING = 0x61756469746c6f67L;

    private static final int MOST_COUNTED = 10_000;

    /** Waits until no other process gives places, and keeps it so until the transaction ends. */
    void lock(WriteTx tx) {
        tx.query("SELECT pg_advisory_xact_lock(:key)")
                .bind("key", PLACING)
                .mapTo(String.class)
                .findOne();
    }

    boolean isAnythingQueued(ReadTx tx) {
        return tx.query("SELECT EXISTS (SELECT 1 FROM audit_queue)")
                .mapTo(Boolean.class)
                .one();
    }

    /** Events from before there was a tree, which have no entry yet, the oldest of those that are looked at first. */
    List<OldEventRow> withoutEntry(WriteTx tx, int limit) {
        return tx.query("""
                SELECT e.sequence, e.id, e.time, e.actor_id, e.actor_name, e.organization_id, e.address, e.user_agent,
                       e.resource_type, e.resource_id, e.resource_target, e.action, e.diff::text AS diff, e.status_code,
                       e.additional_fields::text AS additional_fields, e.request_id
                FROM audit_events e
                WHERE e.sequence IN (SELECT q.sequence FROM audit_queue q WHERE q.entry IS NULL LIMIT :limit)""").bind("limit", limit).map(OldEventRow::map).list();
    }

    /** One statement for all: the queue has no index, and each statement reads it whole. */
    void giveEntry(WriteTx tx, Map<Long, LogEntry> entries) {
        var given = List.copyOf(entries.entrySet());
        tx.update("""
                UPDATE audit_queue q SET entry = decode(given.entry, 'hex'), salts = decode(given.salts, 'hex')
                FROM unnest(:sequences, :entries, :salts) AS given (sequence, entry, salts)
                WHERE q.sequence = given.sequence AND q.entry IS NULL""")
                .bindArray(
                        "sequences",
                        Long.class,
                        given.stream().map(Map.Entry::getKey).toArray())
                .bindArray("entries", String.class, hex(given, LogEntry::entry))
                .bindArray("salts", String.class, hex(given, LogEntry::salts))
                .execute();
    }

    private static Object[] hex(List<Map.Entry<Long, LogEntry>> given, Function<LogEntry, byte[]> part) {
        return given.stream()
                .map(entry -> HexFormat.of().formatHex(part.apply(entry.getValue())))
                .toArray();
    }

    /**
     * Moves entries from the queue to the places after the last one; what no statement can see yet stays.
     *
     * @return the hashes of the new leaves, in the order of their places
     */
    List<Hash> place(WriteTx tx, long size, int limit) {
        return tx.query("""
                WITH taken AS (
                    DELETE FROM audit_queue WHERE ctid = ANY (ARRAY(
                        SELECT ctid FROM audit_queue WHERE entry IS NOT NULL LIMIT :limit))
                    RETURNING sequence, entry, salts),
                placed AS (
                    INSERT INTO audit_leaves (log_index, sequence, entry, salts)
                    SELECT :size - 1 + row_number() OVER (ORDER BY sequence), sequence, entry, salts FROM taken
                    RETURNING log_index, entry)
                SELECT sha256('\\x00'::bytea || entry) AS hash FROM placed ORDER BY log_index""")
                .bind("limit", limit)
                .bind("size", size)
                .map((row, context) -> Hash.at(row.getBytes("hash"), 0))
                .list();
    }

    /** How many entries have a place. */
    long size(ReadTx tx) {
        return tx.query("SELECT coalesce(max(log_index) + 1, 0) FROM audit_leaves")
                .mapTo(Long.class)
                .one();
    }

    /** The hashes of a tile in its present width, which may be larger than that which is asked for. */
    Optional<byte[]> tile(ReadTx tx, Tile tile) {
        return tx.query("SELECT hashes FROM audit_tiles WHERE level = :level AND tile_index = :index")
                .bind("level", tile.level())
                .bind("index", tile.index())
                .mapTo(byte[].class)
                .findOne()
                .filter(hashes -> hashes.length >= tile.width() * Hash.BYTES)
                .map(hashes -> Arrays.copyOf(hashes, tile.width() * Hash.BYTES));
    }

    void keepTiles(WriteTx tx, Map<Tile, byte[]> tiles) {
        var batch = tx.batch("""
                INSERT INTO audit_tiles (level, tile_index, hashes) VALUES (:level, :index, :hashes)
                ON CONFLICT (level, tile_index) DO UPDATE SET hashes = excluded.hashes""");
        tiles.forEach((tile, hashes) -> batch.bind("level", tile.level())
                .bind("index", tile.index())
                .bind("hashes", hashes)
                .add());
        batch.execute();
    }

    void keepCheckpoint(WriteTx tx, Checkpoint checkpoint, String note, Instant now) {
        tx.update("""
                INSERT INTO audit_checkpoints (size, note, created_at) VALUES (:size, :note, :now)
                ON CONFLICT (size) DO NOTHING""")
                .bind("size", checkpoint.size())
                .bind("note", note)
                .bind("now", now)
                .execute();
    }

    /** Forgets heads that are older than a time, but the last of each day and the newest. */
    void forgetCheckpoints(WriteTx tx, Instant before) {
        tx.update("""
                DELETE FROM audit_checkpoints c WHERE c.created_at < :before
                  AND c.size <> coalesce((SELECT max(size) FROM audit_cosignatures), -1)
                  AND c.size NOT IN (SELECT max(size) FROM audit_checkpoints
                                     GROUP BY date_trunc('day', created_at AT TIME ZONE 'UTC'))""").bind("before", before).execute();
    }

    /** A signed head. */
    record Head(long size, String note, Instant createdAt) {}

    private static final RowMapper<Head> HEAD = (row, context) -> new Head(
            row.getLong("size"),
            row.getString("note"),
            row.getObject("created_at", OffsetDateTime.class).toInstant());

    Optional<Head> newestHead(ReadTx tx) {
        return tx.query("SELECT size, note, created_at FROM audit_checkpoints ORDER BY size DESC LIMIT 1")
                .map(HEAD)
                .findOne();
    }

    /** The newest head that a witness has cosigned and that has at least so many entries. */
    Optional<Head> newestWitnessed(ReadTx tx, long least) {
        return tx.query("""
                SELECT c.size, c.note, c.created_at FROM audit_checkpoints c
                WHERE c.size = (SELECT max(size) FROM audit_cosignatures) AND c.size >= :least""").bind("least", least).map(HEAD).findOne();
    }

    Optional<Head> head(ReadTx tx, long size) {
        return tx.query("SELECT size, note, created_at FROM audit_checkpoints WHERE size = :size")
                .bind("size", size)
                .map(HEAD)
                .findOne();
    }

    /** The newest head of a size from {@code after + 1} to {@code upTo}; where there is none, the next larger one. */
    Optional<Head> headFor(ReadTx tx, long after, long upTo) {
        return tx.query("""
                SELECT size, note, created_at FROM audit_checkpoints WHERE size = coalesce(
                    (SELECT max(size) FROM audit_checkpoints WHERE size > :after AND size <= :up_to),
                    (SELECT min(size) FROM audit_checkpoints WHERE size > :up_to))""").bind("after", after).bind("up_to", upTo).map(HEAD).findOne();
    }

    /** What is stored and has no place yet; counting ends at {@link #MOST_COUNTED}. */
    record Waiting(long count, Optional<Instant> oldest) {}

    Waiting waiting(ReadTx tx) {
        return tx.query("""
                SELECT count(*) AS count, min(e.time) AS oldest
                FROM (SELECT sequence FROM audit_queue LIMIT :most) q LEFT JOIN audit_events e USING (sequence)""")
                .bind("most", MOST_COUNTED)
                .map((row, context) -> new Waiting(
                        row.getLong("count"),
                        Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)))
                .one();
    }

    /** Up to where a witness has followed. */
    record LastCosignature(long size, Instant at) {}

    Optional<LastCosignature> lastCosignature(ReadTx tx, String witness) {
        return tx.query("""
                SELECT size, cosigned_at FROM audit_cosignatures WHERE witness = :witness
                ORDER BY size DESC LIMIT 1""")
                .bind("witness", witness)
                .map((row, context) -> new LastCosignature(
                        row.getLong("size"),
                        row.getObject("cosigned_at", OffsetDateTime.class).toInstant()))
                .findOne();
    }

    /**
     * Takes up events that were stored by a server of a version that knew no tree, which went on while others were
     * replaced. It runs under the lock of {@link #lock}, so that no event is between queue and tree meanwhile.
     */
    int takeUpForgotten(WriteTx tx, Instant since) {
        return tx.update("""
                INSERT INTO audit_queue (sequence)
                SELECT e.sequence FROM audit_events e
                WHERE e.time >= :since
                  AND NOT EXISTS (SELECT 1 FROM audit_leaves l WHERE l.sequence = e.sequence)
                  AND NOT EXISTS (SELECT 1 FROM audit_queue q WHERE q.sequence = e.sequence)
                ORDER BY e.sequence""").bind("since", since).execute();
    }

    List<String> cosignatures(ReadTx tx, long size) {
        return tx.query("SELECT line FROM audit_cosignatures WHERE size = :size ORDER BY witness")
                .bind("size", size)
                .mapTo(String.class)
                .list();
    }

    /** Keeps a cosignature; a later one of the same head takes the place of an earlier one. */
    void keepCosignature(WriteTx tx, long size, String witness, String line, Instant cosignedAt) {
        tx.update("""
                INSERT INTO audit_cosignatures (size, witness, line, cosigned_at) VALUES (:size, :witness, :line, :at)
                ON CONFLICT (size, witness) DO UPDATE SET line = excluded.line, cosigned_at = excluded.cosigned_at
                WHERE audit_cosignatures.cosigned_at < excluded.cosigned_at""")
                .bind("size", size)
                .bind("witness", witness)
                .bind("line", line)
                .bind("at", cosignedAt)
                .execute();
    }

    /** The entries from one place on. */
    List<byte[]> entries(ReadTx tx, long first, int count) {
        return tx.query("""
                SELECT entry FROM audit_leaves WHERE log_index >= :first AND log_index < :first + :count
                ORDER BY log_index""")
                .bind("first", first)
                .bind("count", count)
                .mapTo(byte[].class)
                .list();
    }

    /** Entries with what opens their commitments. */
    List<LeafRow> leaves(ReadTx tx, long first, int count) {
        return tx.query(LeafRow.SELECT
                        + " WHERE l.log_index >= :first AND l.log_index < :first + :count ORDER BY l.log_index")
                .bind("first", first)
                .bind("count", count)
                .map(LeafRow::map)
                .list();
    }

    /** The entry of an event that the caller can see. */
    Optional<LeafRow> leaf(ReadTx tx, UUID event, Visibility visibility) {
        return visibility
                .bind(tx.query(LeafRow.SELECT + " WHERE e.id = :event AND " + visibility.sql()))
                .bind("event", event)
                .map(LeafRow::map)
                .findOne();
    }

    /** Whether there is such an event for the caller, with or without a place. */
    boolean isVisible(ReadTx tx, UUID event, Visibility visibility) {
        return visibility
                .bind(tx.query("SELECT 1 FROM audit_events e WHERE e.id = :event AND " + visibility.sql()))
                .bind("event", event)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }
}
