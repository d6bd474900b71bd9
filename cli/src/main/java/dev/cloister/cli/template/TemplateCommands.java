package dev.cloister.cli.template;

import dev.cloister.cli.session.CliContext;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands under {@code templates}. */
@Command(name = "templates", description = "Write, push and look after templates.", synopsisSubcommandLabel = "COMMAND")
public final class TemplateCommands implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private TemplateCommands() {}

    public static CommandLine line(CliContext context) {
        var versions = new CommandLine(new VersionCommands())
                .addSubcommand("list", new VersionListCommand(context), "ls")
                .addSubcommand("promote", new VersionPromoteCommand(context))
                .addSubcommand("archive", new VersionArchiveCommand.Archive(context))
                .addSubcommand("unarchive", new VersionArchiveCommand.Unarchive(context));
        return new CommandLine(new TemplateCommands())
                .addSubcommand("init", new InitCommand(context))
                .addSubcommand("push", new PushCommand(context))
                .addSubcommand("pull", new PullCommand(context))
                .addSubcommand("list", new TemplateListCommand(context), "ls")
                .addSubcommand("edit", new EditCommand(context))
                .addSubcommand("archive", new TemplateArchiveCommand(context))
                .addSubcommand("delete", new TemplateDeleteCommand(context), "rm")
                .addSubcommand("versions", versions, "version");
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    @Command(name = "versions", description = "The versions of a template.", synopsisSubcommandLabel = "COMMAND")
    private static final class VersionCommands implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            spec.commandLine().usage(spec.commandLine().getErr());
            return CommandLine.ExitCode.USAGE;
        }
    }
}
