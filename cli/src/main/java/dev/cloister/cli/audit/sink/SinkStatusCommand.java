package dev.cloister.cli.audit.sink;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.AuditSink;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Show one sink. Ends with 1 where it fails or lags, for use in a check.")
final class SinkStatusCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "SINK", description = "The name of the sink.")
    private String name = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    SinkStatusCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        AuditSink sink;
        try (var client = context.client()) {
            sink = SinkCommands.named(client, name);
        }
        if (!output.json(context.terminal(), sink)) {
            print(sink);
        }
        return sink.state().equals("failing") || sink.state().equals("lagging") ? CommandException.FAILURE : 0;
    }

    private void print(AuditSink sink) {
        var table = new Table("SINK", sink.name());
        table.row("transport", sink.transport());
        table.row("format", sink.format());
        table.row("state", sink.state());
        table.row("next event", Long.toString(sink.cursor()));
        table.row("waiting", Long.toString(sink.lagEvents()));
        table.row("behind", sink.lagSeconds() + " s");
        table.row("last success", time(sink.lastSuccessAt()));
        table.row("failures in a row", Integer.toString(sink.failures()));
        table.row("last error", sink.lastError());
        table.row("last error at", time(sink.lastErrorAt()));
        for (Map.Entry<String, String> setting : new TreeMap<>(sink.settings()).entrySet()) {
            table.row(setting.getKey(), setting.getValue());
        }
        sink.secrets().forEach(secret -> table.row(secret, "(secret)"));
        context.terminal().print(table);
    }

    private static String time(@Nullable Instant time) {
        return time == null ? "never" : time.toString();
    }
}
