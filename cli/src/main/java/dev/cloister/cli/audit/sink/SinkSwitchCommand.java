package dev.cloister.cli.audit.sink;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.UpdateAuditSinkRequest;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command
final class SinkSwitchCommand implements Callable<Integer> {
    private final CliContext context;
    private final boolean enabled;

    @Parameters(paramLabel = "SINK", description = "The name of the sink.")
    private String name = "";

    private SinkSwitchCommand(CliContext context, boolean enabled) {
        this.context = context;
        this.enabled = enabled;
    }

    static CommandLine pause(CliContext context) {
        return described(
                new SinkSwitchCommand(context, false), "Send nothing for now. Its place is kept, and nothing is lost.");
    }

    static CommandLine resume(CliContext context) {
        return described(new SinkSwitchCommand(context, true), "Send again, from where it was.");
    }

    private static CommandLine described(SinkSwitchCommand command, String description) {
        var line = new CommandLine(command);
        line.getCommandSpec().usageMessage().description(description);
        return line;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var sink = SinkCommands.named(client, name);
            client.auditSinks().update(sink.id(), new UpdateAuditSinkRequest(null, enabled, null, null));
            context.terminal().print("The sink " + sink.name() + (enabled ? " goes on." : " rests."));
        }
        return 0;
    }
}
