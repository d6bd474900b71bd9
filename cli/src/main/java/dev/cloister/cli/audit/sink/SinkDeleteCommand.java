package dev.cloister.cli.audit.sink;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConsentOption;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "delete", description = "Send no more copies there. What has been sent stays there.")
final class SinkDeleteCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "SINK", description = "The name of the sink.")
    private String name = "";

    @Mixin
    private ConsentOption consent = new ConsentOption();

    SinkDeleteCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var sink = SinkCommands.named(client, name);
            context.requireConsent(
                    consent.given(),
                    "Delete the sink " + sink.name() + "? " + sink.lagEvents() + " events wait for it.",
                    "--yes");
            client.auditSinks().delete(sink.id());
            context.terminal().print("The sink " + sink.name() + " is deleted.");
        }
        return 0;
    }
}
