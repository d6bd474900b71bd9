package dev.cloister.cli.audit;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.client.ApiClient;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Download the whole audit log in the form that `audit verify` checks; or a part of it, newest first, as JSON,"
                    + " NDJSON or CSV.",
            "No spreadsheet executes a cell of the CSV, and nothing in any of the files steers a terminal."
        })
final class AuditExportCommand implements Callable<Integer> {
    private final CliContext context;

    /** The forms of an export. */
    enum Format {
        PROOF,
        JSON,
        NDJSON,
        CSV;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to. Default: the standard output.")
    private String output = "";

    @Option(
            names = "--from",
            paramLabel = "INDEX",
            description = "The first entry, a multiple of 256; of --format proof. Default: 0.")
    private long from;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.PROOF;

    @Option(
            names = {"-q", "--query"},
            paramLabel = "QUERY",
            description = "Only what matches, for example: username:alice date_from:2026-01-31. Not of --format proof.")
    private String query = "";

    @Option(names = "--connections", description = "The connection log instead. Not of --format proof.")
    private boolean connections;

    AuditExportCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        if (format == Format.PROOF && (connections || !query.isEmpty())) {
            throw CommandException.usage("--query and --connections need --format json, ndjson or csv.");
        }
        if (format != Format.PROOF && from != 0) {
            throw CommandException.usage("--from is of --format proof.");
        }
        try (var client = context.client()) {
            if (output.isEmpty()) {
                export(client, context.terminal().out());
                context.terminal().out().flush();
                return 0;
            }
            var target = context.path(output);
            var parts = Files.createTempFile(target.toAbsolutePath().getParent(), ".audit", "");
            try {
                try (var out = new BufferedOutputStream(Files.newOutputStream(parts))) {
                    export(client, out);
                }
                Files.move(parts, target, StandardCopyOption.REPLACE_EXISTING); // never half an export under its name
            } finally {
                Files.deleteIfExists(parts);
            }
            context.terminal().print("The " + (connections ? "connection" : "audit") + " log is in " + target + ".");
        }
        return 0;
    }

    private void export(ApiClient client, OutputStream out) throws IOException {
        if (format == Format.PROOF) {
            client.auditLog().export(from, out);
        } else {
            client.auditLog().export(connections ? "connectionlog" : "audit", format.toString(), query, out);
        }
    }
}
