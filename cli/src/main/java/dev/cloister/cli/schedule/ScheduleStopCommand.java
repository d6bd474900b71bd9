package dev.cloister.cli.schedule;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.TimeSpan;
import dev.cloister.cli.workspace.WorkspaceName;
import dev.cloister.cli.workspace.Workspaces;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "stop",
        description = "Stop a workspace some time after each start, or no longer. Counts from the next start.")
final class ScheduleStopCommand implements Callable<Integer> {
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final CliContext context;

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "DURATION",
            description = "Such as 8h, 2h30m or 90 (minutes), at least a minute. Or manual.")
    private String duration = "";

    @Mixin
    private ScheduleOutput output = new ScheduleOutput();

    ScheduleStopCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var millis = millis();
        try (var client = context.client()) {
            var workspace = new Workspaces(context, client).find(WorkspaceName.parse(name));
            client.workspaces().setTtl(workspace.id(), millis);
            output.print(context, List.of(client.workspaces().get(workspace.id())));
        }
        return 0;
    }

    private @Nullable Long millis() throws CommandException {
        if (duration.equals("manual")) {
            return null;
        }
        var span = TimeSpan.parseOrMinutes(duration);
        if (span.compareTo(SHORTEST) < 0) {
            throw CommandException.usage("A workspace cannot stop sooner than a minute after its start.");
        }
        return span.toMillis();
    }
}
