package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import dev.cloister.contract.api.HealthMessage;
import dev.cloister.contract.api.HealthSeverity;
import dev.cloister.contract.api.HealthcheckReport;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "health",
        description = "Show whether the parts of the server work. Fails if one does not. For operators.")
public final class HealthCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private OutputOptions output = new OutputOptions();

    public HealthCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var report = client.health();
            if (!output.json(context.terminal(), report)) {
                print(report);
            }
            return report.healthy() ? 0 : CommandException.FAILURE;
        }
    }

    private void print(HealthcheckReport report) {
        var table = new Table("PART", "STATE", "FINDINGS");
        var access = report.accessUrl();
        row(table, "Access URL", access.severity(), access.error(), access.warnings());
        var database = report.database();
        row(table, "Database", database.severity(), database.error(), database.warnings());
        var sockets = report.websocket();
        row(table, "WebSocket", sockets.severity(), sockets.error(), sockets.warnings());
        var relays = report.derp();
        row(table, "Relays", relays.severity(), relays.error(), relays.warnings());
        var proxies = report.workspaceProxy();
        row(table, "Workspace proxies", proxies.severity(), proxies.error(), proxies.warnings());
        var builders = report.provisionerDaemons();
        row(table, "Provisioners", builders.severity(), builders.error(), builders.warnings());
        var log = report.auditLog();
        if (log != null) {
            row(table, "Audit log", log.severity(), log.error(), log.warnings());
        }
        context.terminal().print(table);
    }

    private static void row(
            Table table, String part, HealthSeverity severity, @Nullable String error, List<HealthMessage> warnings) {
        var findings = warnings.stream()
                .map(warning -> warning.code() + ": " + warning.message())
                .collect(Collectors.joining("; "));
        table.row(
                part,
                severity.name().toLowerCase(Locale.ROOT),
                error == null || error.isEmpty() ? findings : (error + "; " + findings).replaceFirst("; $", ""));
    }
}
