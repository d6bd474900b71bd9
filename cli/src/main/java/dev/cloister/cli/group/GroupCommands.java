package dev.cloister.cli.group;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandGroup;
import picocli.CommandLine;

/** The commands under {@code groups}. */
public final class GroupCommands {
    private GroupCommands() {}

    public static CommandLine line(CliContext context) {
        return CommandGroup.of("Look after the groups of an organization.")
                .addSubcommand("list", new GroupListCommand(context), "ls")
                .addSubcommand("create", new GroupCreateCommand(context))
                .addSubcommand("edit", new GroupEditCommand(context))
                .addSubcommand("delete", new GroupDeleteCommand(context), "rm");
    }
}
