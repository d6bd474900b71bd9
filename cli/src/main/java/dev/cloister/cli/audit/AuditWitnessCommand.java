package dev.cloister.cli.audit;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.contract.client.ApiException;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.Witness;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "witness",
        description = {
            "Follow the audit log, and cosign each head that continues the last one.",
            "Run it on a machine that whoever runs the server cannot change. It ends with 1, and keeps what it was shown,"
                    + " as soon as the log was cut off, rewritten or forked."
        })
final class AuditWitnessCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEY",
            description = "The public key of the log, or a file with it.")
    private String key = "";

    @Option(
            names = "--state",
            required = true,
            paramLabel = "DIR",
            description = "Where the witness keeps its key and the head that it cosigned last.")
    private String state = "";

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "What the witness is called, such as witness.example.com/audit.")
    private String name = "";

    @Option(names = "--interval", paramLabel = "SECONDS", description = "How often to look. Default: ${DEFAULT-VALUE}.")
    private long interval = 5;

    @Option(names = "--once", description = "Look once.")
    private boolean once;

    AuditWitnessCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException, InterruptedException {
        if (interval < 1 || interval > 86_400) {
            throw CommandException.usage("--interval must be from 1 to 86400 seconds.");
        }
        var log = LogKeyText.read(context, key, NoteKey.Use.LOG);
        var kept = WitnessState.in(context.path(state));
        var signer = kept.signer(name);
        context.terminal().print("The key of this witness, for the setting audit-witnesses: " + signer.key());
        var witness = new Witness(log, signer);
        try (var client = context.client()) {
            while (true) {
                int outcome = look(client, log, kept, witness);
                if (once || outcome == CommandException.FAILURE) {
                    return outcome;
                }
                Thread.sleep(Duration.ofSeconds(interval));
            }
        }
    }

    private int look(ApiClient client, NoteKey log, WitnessState kept, Witness witness)
            throws IOException, CommandException {
        try {
            var note = client.auditLog().checkpoint();
            var now = Clock.systemUTC().instant();
            return switch (witness.look(kept.head(log), note, client.auditLog().tiles(), now)) {
                case Witness.Cosigned cosigned -> {
                    kept.keep(note);
                    hand(client, cosigned);
                    yield 0;
                }
                case Witness.Refused refused -> {
                    var evidence = kept.evidence(note, now);
                    context.terminal()
                            .say("REFUSED (" + refused.why().name().toLowerCase(Locale.ROOT) + "): "
                                    + refused.why().sentence() + " (" + refused.detail() + "). What was shown is in "
                                    + evidence
                                    + ".");
                    yield CommandException.FAILURE;
                }
            };
        } catch (MalformedProofException e) {
            context.terminal().say("REFUSED (malformed): the server shows no head of a log: " + e.getMessage() + ".");
            return CommandException.FAILURE;
        } catch (IOException e) {
            if (once) {
                throw e;
            }
            context.terminal().say("The log cannot be reached just now: " + e.getMessage());
            return 0;
        }
    }

    /** A server that does not take the cosignature has not lied: the witness goes on. */
    private void hand(ApiClient client, Witness.Cosigned cosigned) throws IOException {
        try {
            client.auditLog().cosign(cosigned.head().size(), cosigned.signature());
            context.terminal().print("Cosigned the head of " + cosigned.head().size() + " entries.");
        } catch (ApiException e) {
            context.terminal()
                    .say("The head of " + cosigned.head().size()
                            + " entries is good, and the server did not take the cosignature: " + e.getMessage());
        }
    }
}
