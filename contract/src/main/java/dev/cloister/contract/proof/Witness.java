package dev.cloister.contract.proof;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The decision of a witness (C2SP tlog-witness): it cosigns a head only where it continues the last head that it has
 * cosigned. What it last saw is the caller's to keep, on another machine than the log's.
 */
public final class Witness {
    private final NoteKey log;
    private final NoteSigner signer;

    public Witness(NoteKey log, NoteSigner signer) {
        if (log.use() != NoteKey.Use.LOG || signer.key().use() != NoteKey.Use.COSIGNATURE) {
            throw new IllegalArgumentException("a witness cosigns what a log has signed");
        }
        this.log = log;
        this.signer = signer;
    }

    /** Why a head is not cosigned. */
    public enum Refusal {
        FORGED("the checkpoint is not signed by the key of the log"),
        ROLLED_BACK("the log is shorter than it was: entries were cut off, or an older database was restored"),
        FORKED("the log has another head of the same size than it showed before: its history was rewritten or forked"),
        REWRITTEN("the log does not begin with the entries that it had before: its history was rewritten or forked");

        private final String sentence;

        Refusal(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    /** A decision. */
    public sealed interface Verdict {}

    /** The head continues the one before; {@code signature} says so. The head is to be kept before it is handed out. */
    public record Cosigned(Checkpoint head, NoteSignature signature) implements Verdict {}

    /** The head is not cosigned. */
    public record Refused(Refusal why, String detail) implements Verdict {}

    /**
     * Looks at a head and fetches the hashes that must show it to continue the last one.
     *
     * @throws IOException where they cannot be fetched, which says nothing about the log
     */
    public Verdict look(Optional<Checkpoint> last, SignedNote note, TileSource tiles, Instant now) throws IOException {
        try {
            var head = Checkpoint.signed(note, log);
            boolean grown = last.isPresent() && last.get().size() < head.size();
            var path = grown
                    ? new TiledTree(head.size(), tiles).consistency(last.get().size())
                    : List.<Hash>of();
            return look(last, note, path, now);
        } catch (MalformedProofException e) {
            return look(last, note, List.of(), now); // refused for what it is: no path shows it
        }
    }

    /**
     * Looks at a head.
     *
     * @param last the head that was cosigned last, if any
     * @param consistency the path from that head to this one; empty where there is no last one
     */
    public Verdict look(Optional<Checkpoint> last, SignedNote note, List<Hash> consistency, Instant now) {
        Checkpoint head;
        try {
            head = Checkpoint.signed(note, log);
        } catch (MalformedProofException e) {
            return new Refused(Refusal.FORGED, String.valueOf(e.getMessage()));
        }
        if (last.isPresent()) {
            var before = last.get();
            String sizes = "size " + before.size() + " before, " + head.size() + " now";
            if (head.size() < before.size()) {
                return new Refused(Refusal.ROLLED_BACK, sizes);
            }
            if (head.size() == before.size() && !head.root().equals(before.root())) {
                return new Refused(Refusal.FORKED, sizes);
            }
            if (!Proofs.extend(before.root(), before.size(), head.root(), head.size(), consistency)) {
                return new Refused(Refusal.REWRITTEN, sizes);
            }
        }
        return new Cosigned(head, signer.cosign(note.text(), now));
    }
}
