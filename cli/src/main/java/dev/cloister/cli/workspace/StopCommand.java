package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConsentOption;
import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.WorkspaceStatus;
import dev.cloister.contract.api.WorkspaceTransition;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "stop", description = "Stop a workspace. Its home is kept.")
public final class StopCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Mixin
    private ConsentOption consent = new ConsentOption();

    public StopCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var workspaces = new Workspaces(context, client);
            var workspace = workspaces.find(WorkspaceName.parse(name));
            if (workspace.latestBuild().status() == WorkspaceStatus.STOPPED) {
                context.terminal().say("The workspace is stopped already.");
                return 0;
            }
            context.askIfAttended(consent.given(), "Stop " + workspace.name() + " and end what runs in it?");
            workspaces.build(workspace, WorkspaceTransition.STOP, BuildReason.CLI);
            context.terminal().print("The workspace " + workspace.name() + " is stopped.");
        }
        return 0;
    }
}
