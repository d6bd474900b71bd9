package dev.cloister.cli.terminal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows in columns that are as wide as they need to be. Every cell is made plain before it is measured. */
public final class Table {
    private static final String GAP = "  ";
    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    public Table(List<String> titles) {
        columns = titles.size();
        row(titles);
    }

    public Table(String... titles) {
        this(List.of(titles));
    }

    /** A table of these columns, with a line for each of the rows. */
    public static <T> Table of(List<? extends Column<T>> columns, List<? extends T> rows, Instant now) {
        var table = new Table(columns.stream()
                .map(column -> column.toString().toUpperCase(Locale.ROOT))
                .toList());
        for (var row : rows) {
            table.row(columns.stream().map(column -> column.cell(row, now)).toList());
        }
        return table;
    }

    /** Adds a row, with one cell for each column. */
    public Table row(List<String> cells) {
        if (cells.size() != columns) {
            throw new IllegalArgumentException("A row has " + cells.size() + " cells in place of " + columns + ".");
        }
        rows.add(cells.stream().map(PlainText::of).toList());
        return this;
    }

    public Table row(String... cells) {
        return row(List.of(cells));
    }

    /** The lines of the table, the titles first, without blanks at their ends. */
    public List<String> lines() {
        var widths = new int[columns];
        for (var row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).repeat(' ', widths[i] - width(row.get(i)));
                if (i < columns - 1) {
                    line.append(GAP);
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
