package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.WorkspaceTransition;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "restart", description = "Stop a workspace and start it again.")
public final class RestartCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask whether to end what runs in it.")
    private boolean yes;

    public RestartCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var workspaces = new Workspaces(context, client);
            var workspace = workspaces.find(WorkspaceName.parse(name));
            context.requireConsent(yes, "End everything that runs in " + workspace.name() + "?", "--yes");
            workspaces.build(workspace, WorkspaceTransition.STOP, BuildReason.CLI);
            workspaces.build(workspace, WorkspaceTransition.START, BuildReason.CLI);
            context.terminal().print("The workspace " + workspace.name() + " has been restarted.");
        }
        return 0;
    }
}
