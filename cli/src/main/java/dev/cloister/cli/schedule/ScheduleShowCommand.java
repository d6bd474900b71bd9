package dev.cloister.cli.schedule;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.workspace.WorkspaceName;
import dev.cloister.cli.workspace.Workspaces;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show when workspaces start and stop: one, those that match, or all.")
final class ScheduleShowCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(arity = "0..1", paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Option(
            names = {"-a", "--all"},
            description = "Those of everybody, as far as you may see them.")
    private boolean all;

    @Option(
            names = "--search",
            paramLabel = "QUERY",
            description = "Only what matches. Default: ${DEFAULT-VALUE}, which is yours.")
    private String search = "owner:me";

    @Mixin
    private ScheduleOutput output = new ScheduleOutput();

    ScheduleShowCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var workspaces = new Workspaces(context, client);
            var found = name.isEmpty()
                    ? workspaces.search(all ? "" : search)
                    : List.of(workspaces.find(WorkspaceName.parse(name)));
            output.print(context, found);
        }
        return 0;
    }
}
