package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.CommandGroup;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts one of the caller's workspaces at the top of lists, or takes it from there. */
@Command
public final class FavoriteCommand implements Callable<Integer> {
    private final CliContext context;
    private final boolean chosen;

    @Parameters(paramLabel = "WORKSPACE", description = "One of your workspaces.")
    private String name = "";

    private FavoriteCommand(CliContext context, boolean chosen) {
        this.context = context;
        this.chosen = chosen;
    }

    /** The command {@code favorite}. */
    public static CommandLine favorite(CliContext context) {
        return CommandGroup.described(
                new CommandLine(new FavoriteCommand(context, true)), "Put a workspace at the top of your lists.");
    }

    /** The command {@code unfavorite}. */
    public static CommandLine unfavorite(CliContext context) {
        return CommandGroup.described(
                new CommandLine(new FavoriteCommand(context, false)), "Take a workspace from the top of your lists.");
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var workspace = new Workspaces(context, client).find(WorkspaceName.parse(name));
            if (chosen) {
                client.workspaces().favorite(workspace.id());
            } else {
                client.workspaces().unfavorite(workspace.id());
            }
            context.terminal()
                    .print("The workspace " + workspace.name() + " is " + (chosen ? "a" : "no longer a")
                            + " favorite.");
        }
        return 0;
    }
}
