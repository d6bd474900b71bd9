package dev.cloister.server.secret;

import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;

/** Encrypted columns as such, for a change of keys. */
public final class SecretRepository {
    /** One encrypted value of a column. */
    record Stored(String row, byte[] value) {}

    private static final RowMapper<Stored> STORED =
            (row, context) -> new Stored(row.getString("row"), row.getBytes("value"));

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
