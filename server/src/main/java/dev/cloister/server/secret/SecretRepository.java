package dev.cloister.server.secret;

import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;

/** The value that proves the master keys right, and encrypted columns as such, for a change of keys. */
public final class SecretRepository {
    static final String CHECK = "master-key-check";

    /** One encrypted value of a column. */
    record Stored(String row, byte[] value) {}

    private static final RowMapper<Stored> STORED =
            (row, context) -> new Stored(row.getString("row"), row.getBytes("value"));

    /** Stores {@code candidate} unless there is one already; returns the one that is stored. */
    byte[] keep(WriteTx tx, byte[] candidate, Instant now) {
        tx.update("""
                INSERT INTO server_keys (name, value, created_at) VALUES (:name, :value, :now)
                ON CONFLICT (name) DO NOTHING""")
                .bind("name", CHECK)
                .bind("value", candidate)
                .bind("now", now)
                .execute();
        return tx.query("SELECT value FROM server_keys WHERE name = :name")
                .bind("name", CHECK)
                .mapTo(byte[].class)
                .one();
    }

    /** The proof by another key in the place of the stored one; returns it. */
    byte[] replace(WriteTx tx, byte[] proof) {
        tx.update("UPDATE server_keys SET value = :value WHERE name = :name")
                .bind("name", CHECK)
                .bind("value", proof)
                .execute();
        return proof;
    }

    /** Values after a row, in the order of rows. The names are constants of {@link SecretColumn}. */
    List<Stored> after(ReadTx tx, SecretColumn column, String row, int limit) {
        return tx.query("SELECT " + column.rowSql() + " AS row, " + column.column() + " AS value FROM "
                        + column.table() + " WHERE " + column.rowSql() + " > :after AND " + column.column()
                        + " IS NOT NULL ORDER BY 1 LIMIT :limit")
                .bind("after", row)
                .bind("limit", limit)
                .map(STORED)
                .list();
    }

    /** Replaces a value, unless somebody has replaced it since it was read. */
    void replace(WriteTx tx, SecretColumn column, Stored before, byte[] after) {
        tx.update("UPDATE " + column.table() + " SET " + column.column() + " = :new WHERE " + column.rowSql()
                        + " = :row AND " + column.column() + " = :old")
                .bind("new", after)
                .bind("row", before.row())
                .bind("old", before.value())
                .execute();
    }
}
