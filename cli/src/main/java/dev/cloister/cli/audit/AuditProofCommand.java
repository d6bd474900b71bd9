package dev.cloister.cli.audit;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.ProofFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "proof",
        description = "Write a file that proves one event to be on the log, to anybody who has the public key.")
final class AuditProofCommand implements Callable<Integer> {
    private static final int ID_LENGTH = 36;

    private final CliContext context;

    @Parameters(paramLabel = "EVENT", description = "The id of the event.")
    private String event = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to; - for the standard output. Default: EVENT.tlog-proof.")
    private String output = "";

    AuditProofCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        UUID id = id();
        try (var client = context.client()) {
            // read and written anew, so that nothing but a proof reaches a terminal or a file
            String proof = ProofFile.parse(client.auditLog().proof(id)).toString();
            if (output.equals("-")) {
                context.terminal().out().print(proof);
                context.terminal().out().flush();
                return 0;
            }
            var target = context.path(output.isEmpty() ? id + ".tlog-proof" : output);
            Files.writeString(target, proof);
            context.terminal().print("The proof is in " + target + ". Check it with `cloister audit verify`.");
        } catch (MalformedProofException e) {
            throw CommandException.failure("The server did not answer with a proof: " + e.getMessage() + ".");
        }
        return 0;
    }

    private UUID id() throws CommandException {
        try {
            if (event.length() == ID_LENGTH) {
                return UUID.fromString(event);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw CommandException.usage("EVENT must be the id of an event, as `cloister audit --output json` shows it.");
    }
}
