package dev.cloister.cli.schedule;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.workspace.WorkspaceName;
import dev.cloister.cli.workspace.Workspaces;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "start",
        description = "Start a workspace at a time of the day, or no longer.",
        footer = {
            "",
            "cloister schedule start dev 9:30AM Mon-Fri Europe/Dublin",
            "cloister schedule start dev 07:00",
            "cloister schedule start dev manual"
        })
final class ScheduleStartCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "The workspace, as NAME or OWNER/NAME.")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "TIME [DAYS] [PLACE]",
            hideParamSyntax = true,
            description = "A time such as 9:30AM or 09:30; days of the week such as Mon-Fri or 1,3,5 (default: every"
                    + " day); a place such as Europe/Dublin (default: TZ, then that of this machine). Or manual.")
    private List<String> time = List.of();

    @Mixin
    private ScheduleOutput output = new ScheduleOutput();

    ScheduleStartCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var schedule = time.equals(List.of("manual"))
                ? null
                : StartTime.parse(context, time).cron();
        try (var client = context.client()) {
            var workspaces = new Workspaces(context, client);
            var workspace = workspaces.find(WorkspaceName.parse(name));
            client.workspaces().setAutostart(workspace.id(), schedule);
            output.print(context, List.of(client.workspaces().get(workspace.id())));
        }
        return 0;
    }
}
