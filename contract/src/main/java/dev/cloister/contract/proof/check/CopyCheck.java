package dev.cloister.contract.proof.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.proof.Checkpoint;
import dev.cloister.contract.proof.GrowingTree;
import dev.cloister.contract.proof.Hash;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.SignedNote;
import dev.cloister.contract.proof.check.Verdict.Damage;
import dev.cloister.contract.proof.check.Verdict.Wrong;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks copies of the log as sinks write them in the form {@code json}: lines of events and of signed heads, from the
 * first event on. An event may come again and must be the same then. That nothing is missing is shown up to the largest
 * signed head.
 */
public final class CopyCheck {
    private static final byte[] EVENT = "{\"index\":".getBytes(US_ASCII);
    private static final byte[] HEAD = "{\"checkpoint\":\"".getBytes(US_ASCII);
    private static final byte[] ENTRY = ",\"entry\":{\"v\":".getBytes(US_ASCII);
    private static final int MOST_DIGITS = 18;

    private final NoteKey key;
    private final Map<Long, Checkpoint> heads = new HashMap<>();
    private final List<Hash> leaves = new ArrayList<>();
    private final GrowingTree tree = new GrowingTree();
    private final Leaf leaf = new Leaf();
    private long erased;
    private long repeats;

    /** @param key the public key of the log, from another place than the copies */
    public CopyCheck(NoteKey key) {
        this.key = key;
    }

    /** Whether a file begins like a copy. An export of the whole log may begin with its head, too, and says so. */
    public static boolean isCopy(String begin) {
        return begin.startsWith("{\"index\":")
                || begin.startsWith("{\"checkpoint\":") && !begin.contains("\"cloister_audit_export\"");
    }

    /** How many events came more than once. */
    public long repeats() {
        return repeats;
    }

    /**
     * Checks files, in the order in which they were written.
     *
     * @throws IOException where one cannot be read
     */
    public Verdict check(List<Path> files) throws IOException {
        for (Path file : files) {
            var wrong = CopyLines.each(file, this::head);
            if (wrong.isPresent()) {
                return wrong.get();
            }
        }
        for (Path file : files) {
            var wrong = CopyLines.each(file, this::event);
            if (wrong.isPresent()) {
                return wrong.get();
            }
        }
        return whole();
    }

    private Verdict whole() {
        var newest = heads.values().stream().max((one, other) -> Long.compare(one.size(), other.size()));
        if (newest.isEmpty()) {
            return new Wrong(Damage.MALFORMED, -1, "There is no signed head among the copies.");
        }
        if (newest.get().size() > leaves.size()) {
            return new Wrong(
                    Damage.TRUNCATED,
                    leaves.size(),
                    "Index " + leaves.size() + " is wrong: the events from here to "
                            + (newest.get().size() - 1) + " are missing.");
        }
        return new Verdict.Whole(newest.get(), 0, leaves.size(), erased);
    }

    private Optional<Wrong> head(byte[] line, int length) {
        if (!starts(line, length, HEAD)) {
            return Optional.empty();
        }
        try {
            String note = ApiJson.mapper()
                    .readTree(Arrays.copyOf(line, length))
                    .path("checkpoint")
                    .asString("");
            var head = Checkpoint.signed(SignedNote.parse(note), key);
            var before = heads.putIfAbsent(head.size(), head);
            return before == null || before.equals(head)
                    ? Optional.empty()
                    : Optional.of(new Wrong(
                            Damage.REWRITTEN,
                            -1,
                            "Two different heads of " + head.size() + " events were signed: the log was forked."));
        } catch (MalformedProofException | RuntimeException e) {
            return Optional.of(
                    new Wrong(Damage.FORGED_CHECKPOINT, -1, "A head is not one that " + key.name() + " has signed."));
        }
    }

    private Optional<Wrong> event(byte[] line, int length) {
        if (starts(line, length, HEAD)) {
            return Optional.empty();
        }
        long next = leaves.size();
        try {
            if (!starts(line, length, EVENT)) {
                throw new MalformedProofException("it is neither an event nor a head");
            }
            long index = index(line, length);
            // The last one: in what people typed, quotes are escaped, and after the entry there are only texts.
            Hash hash = leaf.read(line, CopyLines.last(line, length, ENTRY) + 1, length);
            if (!leaf.problem().isEmpty()) {
                return wrong(Damage.CHANGED, index, leaf.problem());
            }
            return event(index, hash);
        } catch (MalformedProofException e) {
            return wrong(Damage.MALFORMED, next, "the line cannot be read: " + e.getMessage());
        }
    }

    private Optional<Wrong> event(long index, Hash hash) {
        long next = leaves.size();
        if (index < next) {
            repeats++;
            return leaves.get((int) index).equals(hash)
                    ? Optional.empty()
                    : wrong(Damage.CHANGED, index, "it came twice, and not the same");
        }
        if (index > next) {
            return wrong(Damage.DELETED, next, "the events from here to " + (index - 1) + " are missing");
        }
        leaves.add(hash);
        tree.add(hash);
        erased += leaf.erased();
        var head = heads.get(tree.size());
        return head == null || head.root().equals(tree.root())
                ? Optional.empty()
                : wrong(Damage.CHANGED, index, "the events up to here are not those of the head that was signed");
    }

    private static long index(byte[] line, int length) throws MalformedProofException {
        long index = 0;
        int at = EVENT.length;
        while (at < length && line[at] >= '0' && line[at] <= '9' && at - EVENT.length < MOST_DIGITS) {
            index = index * 10 + line[at] - '0';
            at++;
        }
        if (at == EVENT.length || at >= length || line[at] != ',') {
            throw new MalformedProofException("an event without an index");
        }
        return index;
    }

    private static boolean starts(byte[] line, int length, byte[] with) {
        return length >= with.length && Arrays.equals(line, 0, with.length, with, 0, with.length);
    }

    private static Optional<Wrong> wrong(Damage damage, long index, String why) {
        return Optional.of(new Wrong(damage, index, "Index " + index + " is wrong: " + why + "."));
    }
}
