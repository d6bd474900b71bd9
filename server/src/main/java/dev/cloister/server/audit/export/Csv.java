package dev.cloister.server.audit.export;

import dev.cloister.server.audit.CanonicalJson;
import java.util.List;

/**
 * Lines as in RFC 4180, every cell in quotes. A spreadsheet takes a cell that begins with certain characters for a formula
 * and executes it, quotes or not: such a cell gets an apostrophe before it. What steers a terminal or breaks a line is
 * written as its number.
 */
final class Csv {
    /** What begins a formula, also in the wide forms that East Asian spreadsheets take for it. */
    private static final String STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20|%";

    private Csv() {}

    static String line(List<String> cells) {
        var line = new StringBuilder();
        for (String cell : cells) {
            line.append(line.isEmpty() ? "\"" : ",\"");
            append(cell, line);
            line.append('"');
        }
        return line.append("\r\n").toString();
    }

    private static void append(String cell, StringBuilder line) {
        if (isFormula(cell)) {
            line.append('\'');
        }
        for (int at = 0; at < cell.length(); at++) {
            char character = cell.charAt(at);
            if (character == '"') {
                line.append("\"\"");
            } else {
                CanonicalJson.plain(character, line);
            }
        }
    }

    /** Blanks before it do not keep every spreadsheet from taking it for one. */
    private static boolean isFormula(String cell) {
        int at = 0;
        while (at < cell.length() && (cell.charAt(at) == ' ' || cell.charAt(at) == '\u00a0')) {
            at++;
        }
        return at < cell.length() && STARTS.indexOf(cell.charAt(at)) >= 0;
    }
}
