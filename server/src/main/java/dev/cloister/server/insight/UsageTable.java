package dev.cloister.server.insight;

import dev.cloister.contract.api.TemplateAppUsage;
import dev.cloister.contract.api.TemplateInsightsReport;
import dev.cloister.contract.api.TemplateParameterUsage;
import dev.cloister.contract.api.TemplateParameterValue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A report on templates as a table of comma-separated values (RFC 4180). Names and values in it are chosen by template
 * authors and users: one that begins like a formula is kept from being one (CWE-1236).
 */
final class UsageTable {
    private static final String STARTS_A_FORMULA = "=+-@\t\r";

    private final StringBuilder text = new StringBuilder();

    private UsageTable() {}

    static byte[] of(TemplateInsightsReport report) {
        var table = new UsageTable();
        table.row("kind", "name", "display_name", "value", "count", "seconds");
        table.row("people", "", "", "", Long.toString(report.activeUsers()), "");
        for (TemplateAppUsage app : report.appsUsage()) {
            table.row(
                    app.type().name().toLowerCase(Locale.ROOT),
                    app.slug(),
                    app.displayName(),
                    "",
                    Long.toString(app.timesUsed()),
                    Long.toString(app.seconds()));
        }
        for (TemplateParameterUsage parameter : report.parametersUsage()) {
            for (TemplateParameterValue value : parameter.values()) {
                table.row(
                        "parameter",
                        parameter.name(),
                        parameter.displayName(),
                        value.value(),
                        Long.toString(value.count()),
                        "");
            }
        }
        return table.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void row(String... cells) {
        for (int i = 0; i < cells.length; i++) {
            text.append(i == 0 ? "" : ",").append(cell(cells[i]));
        }
        text.append("\r\n");
    }

    static String cell(String value) {
        boolean formula = !value.isEmpty() && STARTS_A_FORMULA.indexOf(value.charAt(0)) >= 0;
        String safe = formula ? "'" + value : value;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? "\"" + safe.replace("\"", "\"\"") + "\""
                : safe;
    }
}
