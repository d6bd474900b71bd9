package dev.cloister.cli.audit;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "export", description = "Download the whole audit log in the form that `audit verify` checks.")
final class AuditExportCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to. Default: the standard output.")
    private String output = "";

    @Option(names = "--from", paramLabel = "INDEX", description = "The first entry, a multiple of 256. Default: 0.")
    private long from;

    AuditExportCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            if (output.isEmpty()) {
                client.auditLog().export(from, context.terminal().out());
                context.terminal().out().flush();
                return 0;
            }
            var target = context.path(output);
            var parts = Files.createTempFile(target.toAbsolutePath().getParent(), ".audit", "");
            try {
                try (var out = new BufferedOutputStream(Files.newOutputStream(parts))) {
                    client.auditLog().export(from, out);
                }
                Files.move(parts, target, StandardCopyOption.REPLACE_EXISTING); // never half an export under its name
            } finally {
                Files.deleteIfExists(parts);
            }
            context.terminal().print("The audit log is in " + target + ".");
        }
        return 0;
    }
}
