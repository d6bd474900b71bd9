package dev.cloister.cli.terminal;

import java.time.Instant;
import java.util.Locale;

/** What a list can show of each of its rows. An enum of them is what its option takes. */
public interface Column<T> {
    /** The text of a cell, as it is now. */
    String cell(T row, Instant now);

    /** The same as a title at the beginning of a line. */
    static String title(Enum<?> column) {
        var name = name(column);
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** The name of a column, in lower case and with spaces, as {@code --column} takes it. */
    static String name(Enum<?> column) {
        return column.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
