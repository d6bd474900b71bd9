package dev.cloister.cli.audit;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConsentOption;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "erase",
        description = {
            "Erase what the audit log says of a person whose account was deleted: name, addresses, programs, e-mail.",
            "The entries stay, and every proof stays valid. Nothing brings the values back."
        })
final class AuditEraseCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "USER-ID", description = "The id of the person.")
    private String user = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is told by the event of the erasure.")
    private String reason = "";

    @Mixin
    private ConsentOption consent = new ConsentOption();

    AuditEraseCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        UUID id = id();
        context.askIfAttended(consent.given(), "Erase what the audit log says of " + id + "?");
        try (var client = context.client()) {
            long events = client.auditLog().erase(id, reason).events();
            context.terminal().print("Erased from " + events + " events. Every entry is proven as before.");
        }
        return 0;
    }

    private UUID id() throws CommandException {
        try {
            return UUID.fromString(user);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(
                    "USER-ID must be the id of a person, as `cloister audit --output json` shows it.");
        }
    }
}
