package dev.cloister.cli.schedule;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.Workspace;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How schedules are printed. */
final class ScheduleOutput {
    private final Clock clock = Clock.systemUTC();

    @Option(
            names = {"-c", "--column"},
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to show: ${COMPLETION-CANDIDATES}.")
    private List<ScheduleColumn> columns = List.of(ScheduleColumn.values());

    @Mixin
    private OutputOptions output = new OutputOptions();

    void print(CliContext context, List<Workspace> workspaces) {
        var rows = workspaces.stream().map(this::row).toList();
        if (!output.json(context.terminal(), rows)) {
            context.terminal().print(Table.of(columns, workspaces, clock.instant()));
        }
    }

    private Map<String, String> row(Workspace workspace) {
        var row = new LinkedHashMap<String, String>();
        for (var column : ScheduleColumn.values()) {
            row.put(column.name().toLowerCase(Locale.ROOT), column.cell(workspace, clock.instant()));
        }
        return row;
    }
}
