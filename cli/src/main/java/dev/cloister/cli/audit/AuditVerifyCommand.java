package dev.cloister.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.proof.Checkpoint;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.SignedNote;
import dev.cloister.contract.proof.check.CopyCheck;
import dev.cloister.contract.proof.check.ExportCheck;
import dev.cloister.contract.proof.check.ProofCheck;
import dev.cloister.contract.proof.check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Check an export of the audit log, or the proof of one event, without any server.",
            "Ends with 0 where nothing was altered; else with 1, and names the first index that is wrong."
        })
final class AuditVerifyCommand implements Callable<Integer> {
    private static final String PROOF = "c2sp.org/tlog-proof@";
    private static final long LONGEST_PROOF = 8 << 20;
    private static final int LONGEST_HEADER = 4096;

    private final CliContext context;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "An export, a .tlog-proof file, or the copies of a sink in the order in which they were"
                    + " written.")
    private List<String> files = List.of();

    @Option(
            names = "--key",
            required = true,
            paramLabel = "KEY",
            description = "The public key of the log, or a file with it. Not from where the export comes from.")
    private String key = "";

    @Option(
            names = "--seen",
            paramLabel = "FILE",
            description = "A head that was seen before, such as the checkpoint that a witness keeps: the log must begin"
                    + " with it. Can be repeated.")
    private List<String> seen = new ArrayList<>();

    @Option(
            names = "--witness",
            paramLabel = "KEY",
            description = "A witness that must have cosigned the head of a proof. Can be repeated.")
    private List<String> witnesses = new ArrayList<>();

    AuditVerifyCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        var logKey = LogKeyText.read(context, key, NoteKey.Use.LOG);
        var paths = new ArrayList<Path>();
        for (String file : files) {
            paths.add(context.path(file));
            if (!Files.isRegularFile(paths.getLast())) {
                throw CommandException.usage("There is no file " + paths.getLast() + ".");
            }
        }
        String begin = begin(paths.getFirst());
        if (CopyCheck.isCopy(begin)) {
            return copies(paths, logKey);
        }
        if (paths.size() > 1) {
            throw CommandException.usage("Only copies of a sink are verified together.");
        }
        return begin.startsWith(PROOF) ? proof(paths.getFirst(), logKey) : export(paths.getFirst(), logKey);
    }

    private static String begin(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return new String(in.readNBytes(LONGEST_HEADER), UTF_8);
        }
    }

    private int copies(List<Path> paths, NoteKey logKey) throws IOException, CommandException {
        if (!witnesses.isEmpty() || !seen.isEmpty()) {
            throw CommandException.usage("Copies are verified by the signed heads among them, without other options.");
        }
        var check = new CopyCheck(logKey);
        int code = tell(check.check(paths));
        if (code == 0 && check.repeats() > 0) {
            context.terminal().print(check.repeats() + " events came more than once, each time the same.");
        }
        return code;
    }

    private int export(Path path, NoteKey logKey) throws IOException, CommandException {
        if (!witnesses.isEmpty()) {
            throw CommandException.usage("--witness is for proofs. Give --seen with what the witness has kept.");
        }
        return tell(new ExportCheck(logKey, seen(logKey)).check(path));
    }

    private int tell(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Whole whole -> {
                context.terminal()
                        .print("Nothing was altered: " + whole.entries() + " entries from index " + whole.first()
                                + " on lead to the head of " + whole.head().size() + " entries that "
                                + whole.head().origin() + " has signed.");
                if (whole.erased() > 0) {
                    context.terminal()
                            .print(whole.erased() + " values were erased; their entries are proven all the same.");
                }
                yield 0;
            }
            case Verdict.Wrong wrong -> {
                context.terminal()
                        .say("ALTERED (" + wrong.damage().name().toLowerCase(Locale.ROOT) + "): " + wrong.sentence());
                yield CommandException.FAILURE;
            }
        };
    }

    private List<Checkpoint> seen(NoteKey logKey) throws IOException, CommandException {
        var heads = new ArrayList<Checkpoint>();
        for (String one : seen) {
            try {
                heads.add(Checkpoint.signed(SignedNote.parse(Files.readAllBytes(context.path(one))), logKey));
            } catch (MalformedProofException e) {
                throw CommandException.usage(one + " is not a head of this log: " + e.getMessage() + ".");
            }
        }
        return heads;
    }

    private int proof(Path path, NoteKey logKey) throws IOException, CommandException {
        if (Files.size(path) > LONGEST_PROOF) {
            throw CommandException.usage("The file is too long to be a proof.");
        }
        var keys = new ArrayList<NoteKey>();
        for (String witness : witnesses) {
            keys.add(LogKeyText.read(context, witness, NoteKey.Use.COSIGNATURE));
        }
        try {
            String text = new String(Files.readAllBytes(path), UTF_8);
            var proven = ProofCheck.check(text, logKey);
            for (NoteKey witness : keys) {
                if (!proven.note().isSignedBy(witness)) {
                    throw new MalformedProofException(witness.name() + " has not cosigned the head");
                }
            }
            context.terminal().print(proven.event());
            context.terminal()
                    .print("Proven: the event is at index " + proven.index() + " of the log of "
                            + proven.head().size() + " entries that "
                            + proven.head().origin() + " has signed.");
            return 0;
        } catch (MalformedProofException e) {
            context.terminal().say("NOT PROVEN: " + e.getMessage() + ".");
            return CommandException.FAILURE;
        }
    }
}
