package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConsentOption;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "rename", description = "Give a workspace another name, where the server allows it.")
public final class RenameCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "NEW-NAME", description = "Its new name.")
    private String newName = "";

    @Mixin
    private ConsentOption consent = new ConsentOption();

    public RenameCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var chosen = WorkspaceName.parse(newName).workspace();
        try (var client = context.client()) {
            var workspace = new Workspaces(context, client).find(WorkspaceName.parse(name));
            context.askIfAttended(consent.given(), "Call " + workspace.name() + " " + chosen + " from now on?");
            client.workspaces().rename(workspace.id(), chosen);
            context.terminal().print("The workspace " + workspace.name() + " is now called " + chosen + ".");
        }
        return 0;
    }
}
