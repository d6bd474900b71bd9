package dev.cloister.server.secret;

/**
 * The columns that are encrypted, listed once so that a change of keys reaches all of them.
 *
 * @param rowSql the SQL of what identifies the row, as {@link SecretPlace#row} has it
 */
public record SecretColumn(String table, String column, String rowSql) {
    /** Where one value of this column is. */
    public SecretPlace at(Object row) {
        return new SecretPlace(table, column, row.toString());
    }
}
