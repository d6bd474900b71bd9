package dev.cloister.cli.schedule;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandGroup;
import picocli.CommandLine;

/** The commands under {@code schedule}. */
public final class ScheduleCommands {
    private ScheduleCommands() {}

    public static CommandLine line(CliContext context) {
        return CommandGroup.of("Say when workspaces start and stop by themselves.")
                .addSubcommand("show", new ScheduleShowCommand(context))
                .addSubcommand("start", new ScheduleStartCommand(context))
                .addSubcommand("stop", new ScheduleStopCommand(context))
                .addSubcommand("extend", new ScheduleExtendCommand(context), "override-stop");
    }
}
