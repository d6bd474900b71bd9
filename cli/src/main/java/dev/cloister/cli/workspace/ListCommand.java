package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.Workspace;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List workspaces.")
public final class ListCommand implements Callable<Integer> {
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
    private List<WorkspaceColumn> columns = List.of(
            WorkspaceColumn.WORKSPACE,
            WorkspaceColumn.TEMPLATE,
            WorkspaceColumn.STATUS,
            WorkspaceColumn.HEALTHY,
            WorkspaceColumn.LAST_BUILT,
            WorkspaceColumn.CURRENT_VERSION,
            WorkspaceColumn.OUTDATED);

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
            var found = new Workspaces(context, client).search(query);
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
        context.terminal().print(Table.of(columns, found, clock.instant()));
    }
}
