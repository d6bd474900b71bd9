package dev.cloister.cli.audit.sink;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.AuditSink;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List the sinks with how far behind they are.")
final class SinkListCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private OutputOptions output = new OutputOptions();

    SinkListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var sinks = client.auditSinks().list();
            if (output.json(context.terminal(), sinks)) {
                return 0;
            }
            var table = new Table("NAME", "TRANSPORT", "FORMAT", "STATE", "WAITING", "BEHIND", "LAST ERROR");
            for (AuditSink sink : sinks) {
                table.row(
                        sink.name(),
                        sink.transport(),
                        sink.format(),
                        sink.state(),
                        Long.toString(sink.lagEvents()),
                        sink.lagSeconds() + " s",
                        sink.failures() > 0 ? sink.lastError() : "");
            }
            context.terminal().print(table);
        }
        return 0;
    }
}
