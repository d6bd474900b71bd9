package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConsentOption;
import dev.cloister.contract.api.AutomaticUpdates;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "autoupdate",
        description = "Say whether a workspace moves to the active version of its template when it starts.")
public final class AutoUpdateCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "always|never", description = "always or never.")
    private AutomaticUpdates updates = AutomaticUpdates.NEVER;

    @Mixin
    private ConsentOption consent = new ConsentOption();

    public AutoUpdateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var word = updates.name().toLowerCase(Locale.ROOT);
        try (var client = context.client()) {
            var workspace = new Workspaces(context, client).find(WorkspaceName.parse(name));
            context.askIfAttended(
                    consent.given(), "Set automatic updates of " + workspace.name() + " to " + word + "?");
            client.workspaces().setAutomaticUpdates(workspace.id(), updates);
            context.terminal().print("The workspace " + workspace.name() + " is " + word + " updated when it starts.");
        }
        return 0;
    }
}
