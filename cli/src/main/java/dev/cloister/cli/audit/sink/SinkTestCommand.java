package dev.cloister.cli.audit.sink;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "test", description = "Send the newest signed head there now. Ends with 1 where it is not taken.")
final class SinkTestCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "SINK", description = "The name of the sink.")
    private String name = "";

    SinkTestCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var sink = SinkCommands.named(client, name);
            var trial = client.auditSinks().test(sink.id());
            if (!trial.delivered()) {
                throw CommandException.failure("The sink " + sink.name() + " did not take it: " + trial.error() + ".");
            }
            context.terminal().print("The sink " + sink.name() + " took the newest signed head.");
        }
        return 0;
    }
}
