package dev.cloister.cli.audit;

import dev.cloister.cli.audit.sink.SinkCommands;
import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OutputOptions;
import dev.cloister.cli.terminal.Table;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        description = "List the newest entries of the audit log; or export, prove, verify and copy it.",
        synopsisSubcommandLabel = "[COMMAND]")
public final class AuditCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(
            names = {"-q", "--query"},
            paramLabel = "QUERY",
            description = "Only what matches, for example: username:alice action:delete date_from:2026-01-31.")
    private String query = "";

    @Option(names = "--limit", paramLabel = "N", description = "How many entries at most. Default: ${DEFAULT-VALUE}.")
    private int limit = 50;

    @Option(names = "--offset", paramLabel = "N", description = "How many of the newest to leave out.")
    private int offset;

    @Mixin
    private OutputOptions output = new OutputOptions();

    private AuditCommand(CliContext context) {
        this.context = context;
    }

    public static CommandLine line(CliContext context) {
        return new CommandLine(new AuditCommand(context))
                .addSubcommand("export", new AuditExportCommand(context))
                .addSubcommand("verify", new AuditVerifyCommand(context))
                .addSubcommand("proof", new AuditProofCommand(context))
                .addSubcommand("erase", new AuditEraseCommand(context))
                .addSubcommand("key", new AuditKeyCommand(context))
                .addSubcommand("witness", new AuditWitnessCommand(context))
                .addSubcommand("sinks", SinkCommands.line(context));
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            var page = client.audit(query, limit, offset);
            if (output.json(context.terminal(), page)) {
                return 0;
            }
            var table = new Table("TIME", "USER", "ACTION", "RESOURCE", "TARGET", "STATUS", "ADDRESS");
            for (var entry : page.auditLogs()) {
                var user = entry.user();
                table.row(
                        entry.time().toString(),
                        user == null ? "" : user.username(),
                        lower(entry.action()),
                        lower(entry.resourceType()),
                        entry.resourceTarget(),
                        Integer.toString(entry.statusCode()),
                        entry.ip());
            }
            context.terminal().print(table);
        }
        return 0;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
