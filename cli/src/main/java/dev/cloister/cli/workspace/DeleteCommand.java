package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.BuildReason;
import dev.cloister.contract.api.WorkspaceTransition;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Delete a workspace with everything in it.")
public final class DeleteCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--orphan",
            description = "Forget the workspace without removing what it consists of. For administrators.")
    private boolean orphan;

    public DeleteCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var workspaces = new Workspaces(context, client);
            var workspace = workspaces.find(WorkspaceName.parse(name));
            context.requireConsent(
                    yes,
                    "Delete " + workspace.ownerName() + "/" + workspace.name() + " and everything in its home?",
                    "--yes");
            workspaces.build(workspace, WorkspaceTransition.DELETE, BuildReason.CLI, null, List.of(), orphan);
            context.terminal().print("The workspace " + workspace.name() + " is deleted.");
        }
        return 0;
    }
}
