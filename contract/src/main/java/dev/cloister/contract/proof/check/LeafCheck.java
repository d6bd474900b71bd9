package dev.cloister.contract.proof.check;

import dev.cloister.contract.proof.Hash;
import dev.cloister.contract.proof.Tile;
import dev.cloister.contract.proof.check.Verdict.Damage;
import dev.cloister.contract.proof.check.Verdict.Wrong;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the entries of an export with the hashes of its leaves, and says what happened to the first that differs. */
final class LeafCheck {
    private final Export export;
    private final List<Block.Seen> leaves;
    private final long size;
    private final long first;

    LeafCheck(Export export, long size, long first) {
        this.export = export;
        this.leaves = export.leaves();
        this.size = size;
        this.first = first;
    }

    Optional<Wrong> firstWrong() {
        Optional<Wrong> value = export.problems().stream()
                .findFirst()
                .map(problem -> new Wrong(
                        problem.claimed() < 0 ? Damage.MALFORMED : Damage.CHANGED,
                        first + problem.position(),
                        "Index " + (first + problem.position()) + " is wrong: " + problem.sentence() + "."));
        Optional<Wrong> place = firstOutOfPlace();
        return value.filter(v -> place.isEmpty() || v.index() <= place.get().index())
                .or(() -> place);
    }

    private Optional<Wrong> firstOutOfPlace() {
        byte @Nullable [] tile = null;
        for (int at = 0; at < leaves.size(); at++) {
            long index = first + at;
            if (index >= size) {
                return wrong(Damage.INSERTED, index, "the log ended before it when it was signed");
            }
            if (tile == null || index % Tile.FULL == 0) {
                tile = export.tile(Tile.of(0, index / Tile.FULL, size)).orElse(null);
                if (tile == null) {
                    return wrong(Damage.MALFORMED, index, "the hashes of the entries from here on are missing");
                }
            }
            if (!leaves.get(at).hash().equals(Hash.at(tile, (int) (index % Tile.FULL) * Hash.BYTES))) {
                return explain(at);
            }
            if (leaves.get(at).claimed() != index) {
                return wrong(Damage.CHANGED, index, "the entry claims to be that of another index");
            }
        }
        return first + leaves.size() < size
                ? wrong(
                        Damage.TRUNCATED,
                        first + leaves.size(),
                        "the entries from here to " + (size - 1) + " are missing")
                : Optional.empty();
    }

    private Optional<Wrong> explain(int at) {
        long index = first + at;
        Map<Hash, Long> places = places();
        Long belongs = places.get(leaves.get(at).hash());
        Hash expected = expected(index);
        if (belongs == null) {
            boolean shifted =
                    at + 1 < leaves.size() && leaves.get(at + 1).hash().equals(expected);
            return shifted
                    ? wrong(Damage.INSERTED, index, "an entry stands here that the log does not have")
                    : wrong(Damage.CHANGED, index, "the entry is not the one that was logged");
        }
        Set<Hash> present = new HashSet<>();
        leaves.forEach(leaf -> present.add(leaf.hash()));
        return present.contains(expected)
                ? wrong(Damage.REORDERED, index, "the entry of index " + belongs + " stands here")
                : wrong(
                        Damage.DELETED,
                        index,
                        "the entry is missing, and that of index " + belongs + " stands in its place");
    }

    private Hash expected(long index) {
        return export.tile(Tile.of(0, index / Tile.FULL, size))
                .map(tile -> Hash.at(tile, (int) (index % Tile.FULL) * Hash.BYTES))
                .orElse(Hash.EMPTY_ROOT);
    }

    private Map<Hash, Long> places() {
        var places = new HashMap<Hash, Long>();
        for (long index = first; index < size; index++) {
            places.putIfAbsent(expected(index), index);
        }
        places.remove(Hash.EMPTY_ROOT); // stands for what is not there
        return places;
    }

    private static Optional<Wrong> wrong(Damage damage, long index, String why) {
        return Optional.of(new Wrong(damage, index, "Index " + index + " is wrong: " + why + "."));
    }
}
