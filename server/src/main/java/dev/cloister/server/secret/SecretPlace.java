package dev.cloister.server.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Where an encrypted value is kept. It is authenticated with the value, so that whoever can write to the database cannot
 * make one person's secret decrypt as another's by copying it.
 *
 * @param row what identifies the row, usually its id
 */
public record SecretPlace(String table, String column, String row) {
    /** Unambiguous, since the names of tables and columns have no line breaks. */
    byte[] bytes() {
        return (table + "\n" + column + "\n" + row).getBytes(UTF_8);
    }
}
