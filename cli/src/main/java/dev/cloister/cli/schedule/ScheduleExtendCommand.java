package dev.cloister.cli.schedule;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.TimeSpan;
import dev.cloister.cli.workspace.WorkspaceName;
import dev.cloister.cli.workspace.Workspaces;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "extend", description = "Let a running workspace stop at another time, counted from now.")
final class ScheduleExtendCommand implements Callable<Integer> {
    private static final Duration SHORTEST = Duration.ofMinutes(30);

    private final CliContext context;
    private final Clock clock = Clock.systemUTC();

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "DURATION",
            description = "Such as 4h or 90m, at least 30 minutes; the template may allow less.")
    private String duration = "";

    @Mixin
    private ScheduleOutput output = new ScheduleOutput();

    ScheduleExtendCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var span = TimeSpan.parseOrMinutes(duration);
        if (span.compareTo(SHORTEST) < 0) {
            throw CommandException.usage("The new time must be at least 30 minutes away.");
        }
        try (var client = context.client()) {
            var workspace = new Workspaces(context, client).find(WorkspaceName.parse(name));
            client.workspaces().extend(workspace.id(), clock.instant().plus(span));
            output.print(context, List.of(client.workspaces().get(workspace.id())));
        }
        return 0;
    }
}
