package dev.cloister.cli.sharing;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandGroup;
import picocli.CommandLine;

/** The commands under {@code sharing}. */
public final class SharingCommands {
    private SharingCommands() {}

    public static CommandLine line(CliContext context) {
        return CommandGroup.of("Share workspaces with people and groups.")
                .addSubcommand("status", new SharingStatusCommand(context), "list")
                .addSubcommand("add", new SharingAddCommand(context), "share")
                .addSubcommand("remove", new SharingRemoveCommand(context), "unshare", "rm");
    }
}
