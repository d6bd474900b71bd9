package dev.cloister.server.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.NoteSignature;
import dev.cloister.contract.proof.SignedNote;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes what witnesses have signed. Only the keys that the operator named count, and a signature is believed because it
 * verifies, whoever brings it.
 */
final class Cosignatures {
    /** How far the clock of a witness may be ahead of ours. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private final Transactions transactions;
    private final LogRepository repository;
    private final List<NoteKey> witnesses;
    private final Clock clock;

    /** A cosignature that was found good. */
    private record Good(String witness, String line, Instant at) {}

    Cosignatures(Transactions transactions, LogRepository repository, List<NoteKey> witnesses, Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.witnesses = List.copyOf(witnesses);
        this.clock = clock;
    }

    /** Keeps the cosignatures among these lines for the head of that size. */
    void take(Caller caller, long size, byte[] lines) {
        var head = transactions
                .read(tx -> repository.head(tx, size))
                .orElseThrow(() -> new Failure.NotFound("There is no signed head of this size, or not any more."));
        var good = good(head, lines);
        transactions.change(caller, tx -> {
            good.forEach(one -> repository.keepCosignature(tx, size, one.witness(), one.line(), one.at()));
            return Changed.unaudited(good, Unaudited.LOG_TREE);
        });
    }

    private List<Good> good(LogRepository.Head head, byte[] lines) {
        try {
            String text = SignedNote.parse(head.note()).text();
            var good = new ArrayList<Good>();
            for (NoteSignature signature : SignedNote.lines(new String(lines, UTF_8))) {
                cosigned(text, signature).ifPresent(good::add);
            }
            if (good.isEmpty()) {
                throw new Failure.Invalid("None of these signatures is a cosignature of this head by a witness that the"
                        + " operator named (audit-witnesses).");
            }
            return good;
        } catch (MalformedProofException e) {
            throw new Failure.Invalid("The body must be signature lines: " + e.getMessage() + ".");
        }
    }

    private Optional<Good> cosigned(String text, NoteSignature signature) {
        for (NoteKey key : witnesses) {
            var at = key.cosignedAt(text, signature);
            if (at.isPresent() && at.get() <= clock.instant().plus(AHEAD).getEpochSecond()) {
                return Optional.of(new Good(key.toString(), signature.line(), Instant.ofEpochSecond(at.get())));
            }
        }
        return Optional.empty();
    }
}
