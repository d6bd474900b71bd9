package dev.cloister.cli.template;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandGroup;
import picocli.CommandLine;

/** The commands under {@code templates}. */
public final class TemplateCommands {
    private TemplateCommands() {}

    public static CommandLine line(CliContext context) {
        var versions = CommandGroup.of("The versions of a template.")
                .addSubcommand("list", new VersionListCommand(context), "ls")
                .addSubcommand("promote", new VersionPromoteCommand(context))
                .addSubcommand("archive", new VersionArchiveCommand.Archive(context))
                .addSubcommand("unarchive", new VersionArchiveCommand.Unarchive(context));
        var presets = CommandGroup.of("The presets of a template.")
                .addSubcommand("list", new PresetListCommand(context), "ls");
        return CommandGroup.of("Write, push and look after templates.")
                .addSubcommand("init", new InitCommand(context))
                .addSubcommand("push", new PushCommand(context))
                .addSubcommand("pull", new PullCommand(context))
                .addSubcommand("list", new TemplateListCommand(context), "ls")
                .addSubcommand("edit", new EditCommand(context))
                .addSubcommand("archive", new TemplateArchiveCommand(context))
                .addSubcommand("delete", new TemplateDeleteCommand(context), "rm")
                .addSubcommand("versions", versions, "version")
                .addSubcommand("presets", presets, "preset");
    }
}
