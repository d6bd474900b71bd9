package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Ages;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List workspaces.")
public final class ListCommand implements Callable<Integer> {
    /** What a row can show. */
    enum Column {
        WORKSPACE,
        TEMPLATE,
        STATUS,
        HEALTHY,
        LAST_BUILT,
        VERSION,
        OUTDATED,
        ORGANIZATION,
        ID
    }

    private static final int PAGE = 200;
    private static final int MAX_PAGES = 500;
    private final CliContext context;

    @Option(
            names = {"-a", "--all"},
            description = "List the workspaces of everybody, as far as you may see them.")
    private boolean all;

    @Option(
            names = "--search",
            paramLabel = "QUERY",
            description = "Only what matches, for example: status:running template:go name:dev.")
    private String search = "";

    @Option(
            names = {"-c", "--column"},
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns to show: ${COMPLETION-CANDIDATES}.")
    private List<Column> columns = List.of(
            Column.WORKSPACE,
            Column.TEMPLATE,
            Column.STATUS,
            Column.HEALTHY,
            Column.LAST_BUILT,
            Column.VERSION,
            Column.OUTDATED);

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Clock clock = Clock.systemUTC();

    public ListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var query = ((all ? "" : "owner:me ") + search).strip();
        try (var client = context.client()) {
            var found = new ArrayList<Workspace>();
            for (int page = 0; page < MAX_PAGES; page++) {
                var answer = client.workspaces().list(query, PAGE, page * PAGE);
                found.addAll(answer.workspaces());
                if (answer.workspaces().size() < PAGE || found.size() >= answer.count()) {
                    break;
                }
            }
            if (!output.json(context.terminal(), found)) {
                print(found);
            }
        }
        return 0;
    }

    private void print(List<Workspace> found) {
        if (found.isEmpty()) {
            context.terminal()
                    .say(
                            all || !search.isEmpty()
                                    ? "No workspaces match."
                                    : "You have no workspace yet. Make one with `cloister create`.");
            return;
        }
        var table = new Table(
                columns.stream().map(column -> column.name().replace('_', ' ')).toList());
        for (var workspace : found) {
            table.row(columns.stream().map(column -> cell(workspace, column)).toList());
        }
        context.terminal().print(table);
    }

    private String cell(Workspace workspace, Column column) {
        var build = workspace.latestBuild();
        return switch (column) {
            case WORKSPACE -> workspace.ownerName() + "/" + workspace.name();
            case TEMPLATE -> workspace.templateName();
            case STATUS -> build.status().name().toLowerCase(Locale.ROOT);
            case HEALTHY ->
                Agents.of(workspace).isEmpty()
                        ? ""
                        : Boolean.toString(workspace.health().healthy());
            case LAST_BUILT -> Ages.since(build.createdAt(), clock.instant());
            case VERSION -> build.templateVersionName();
            case OUTDATED -> Boolean.toString(workspace.outdated());
            case ORGANIZATION -> workspace.organizationName();
            case ID -> workspace.id().toString();
        };
    }
}
