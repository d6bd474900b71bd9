package dev.cloister.cli.audit;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "key",
        description = {
            "Print the public key that signs the audit log.",
            "Publish it where whoever runs the server cannot change it; proofs are checked with it."
        })
final class AuditKeyCommand implements Callable<Integer> {
    private final CliContext context;

    AuditKeyCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        try (var client = context.client()) {
            context.terminal().print(client.auditLog().key());
        }
        return 0;
    }
}
