package dev.cloister.cli.workspace;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandGroup;
import picocli.CommandLine;

/** The commands under {@code open}. They print where to go, and never put anything of the session into it. */
public final class OpenCommands {
    private OpenCommands() {}

    public static CommandLine line(CliContext context) {
        return CommandGroup.of("Print the address of an app of a workspace, or of an editor on it.")
                .addSubcommand("app", new OpenAppCommand(context))
                .addSubcommand("vscode", new OpenVsCodeCommand(context));
    }
}
