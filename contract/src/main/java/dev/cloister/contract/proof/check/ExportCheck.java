package dev.cloister.contract.proof.check;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.proof.Checkpoint;
import dev.cloister.contract.proof.GrowingTree;
import dev.cloister.contract.proof.Hash;
import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.SignedNote;
import dev.cloister.contract.proof.Tile;
import dev.cloister.contract.proof.TiledTree;
import dev.cloister.contract.proof.check.Verdict.Damage;
import dev.cloister.contract.proof.check.Verdict.Wrong;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Checks an export from its signed head down to the last value. */
public final class ExportCheck {
    private final NoteKey key;
    private final List<Checkpoint> seen;

    /**
     * A check.
     *
     * @param key the public key of the log, from another place than the export
     * @param seen heads of the log that were seen and kept before, for example by a witness
     */
    public ExportCheck(NoteKey key, List<Checkpoint> seen) {
        this.key = key;
        this.seen = List.copyOf(seen);
    }

    /** @throws IOException where the file cannot be read */
    public Verdict check(Path file) throws IOException {
        var export = Export.read(file);
        Checkpoint head;
        long first;
        try {
            JsonNode header = ApiJson.mapper().readTree(export.header());
            head = Checkpoint.signed(SignedNote.parse(header.path("checkpoint").asString("")), key);
            first = header.path("first").asLong(0);
        } catch (JacksonException e) {
            return new Wrong(Damage.MALFORMED, -1, "This is not an export of the audit log.");
        } catch (MalformedProofException e) {
            return new Wrong(
                    Damage.FORGED_CHECKPOINT,
                    -1,
                    "The head of the export is not one that " + key.name() + " has signed: " + e.getMessage() + ".");
        }
        if (first < 0 || first % Tile.FULL != 0 || first > head.size()) {
            return new Wrong(Damage.MALFORMED, -1, "The export begins at an impossible place.");
        }
        return check(export, head, first);
    }

    private Verdict check(Export export, Checkpoint head, long first) {
        for (Checkpoint before : seen) {
            if (before.origin().equals(head.origin()) && before.size() > head.size()) {
                return new Wrong(
                        Damage.ROLLED_BACK,
                        head.size(),
                        "The log once had " + before.size() + " entries and now has " + head.size()
                                + ": it was cut off, or an older database was restored.");
            }
        }
        boolean leadsToHead =
                root(export, head.size()).filter(head.root()::equals).isPresent();
        var tiles = new TileCheck(export, head.size(), first);
        Optional<Wrong> entries = new LeafCheck(export, head.size(), first).firstWrong();
        if (entries.isPresent()) {
            return entries.get();
        }
        if (!leadsToHead) {
            return notLeading(export, head, first);
        }
        Optional<Wrong> tile = tiles.firstWrong();
        if (tile.isPresent()) {
            return tile.get();
        }
        return compareWithSeen(export, head, first);
    }

    private Verdict compareWithSeen(Export export, Checkpoint head, long first) {
        for (Checkpoint before : seen) {
            if (before.origin().equals(head.origin())
                    && root(export, before.size()).filter(before.root()::equals).isEmpty()) {
                return new Wrong(
                        Damage.REWRITTEN,
                        -1,
                        "The log does not begin with the " + before.size()
                                + " entries that it was seen with before: its history was rewritten or forked.");
            }
        }
        if (!export.listProblems().isEmpty()) {
            var problem = export.listProblems().getFirst();
            long index = first + problem.position();
            return new Wrong(Damage.CHANGED, index, "Index " + index + " is wrong: " + problem.sentence() + ".");
        }
        return new Verdict.Whole(head, first, export.leaves().size(), export.erased());
    }

    /** All entries are as the tiles have them, and yet they do not lead to what was signed. */
    private Verdict notLeading(Export export, Checkpoint head, long first) {
        if (first == 0 && export.leaves().size() == head.size()) {
            var tree = new GrowingTree();
            export.leaves().forEach(leaf -> tree.add(leaf.hash()));
            if (tree.root().equals(head.root())) {
                return new Wrong(Damage.CHANGED, -1, "The entries are right, and hashes above them were changed.");
            }
        }
        long good = 0;
        for (Checkpoint before : seen) {
            if (root(export, before.size()).filter(before.root()::equals).isPresent()) {
                good = Math.max(good, before.size());
            }
        }
        return new Wrong(
                Damage.REWRITTEN,
                good,
                "Entries and hashes fit together and do not lead to the head that was signed: from some index at or"
                        + " after " + good + " on the log was rewritten.");
    }

    private static Optional<Hash> root(Export export, long size) {
        try {
            return Optional.of(new TiledTree(size, export.source()).root());
        } catch (IOException | MalformedProofException e) {
            return Optional.empty();
        }
    }
}
