package dev.cloister.contract.proof.check;

import dev.cloister.contract.proof.Hash;
import dev.cloister.contract.proof.Tile;
import dev.cloister.contract.proof.TreeHasher;
import dev.cloister.contract.proof.check.Verdict.Damage;
import dev.cloister.contract.proof.check.Verdict.Wrong;
import java.util.Optional;

/** Each full tile must be what the tile above it says; the uppermost ones lead to the signed root. */
final class TileCheck {
    private final Export export;
    private final long size;
    private final long first;
    private final TreeHasher hasher = new TreeHasher();

    TileCheck(Export export, long size, long first) {
        this.export = export;
        this.size = size;
        this.first = first;
    }

    Optional<Wrong> firstWrong() {
        for (int level = 7; level > 0; level--) {
            long hashes = size >> (8 * level);
            for (long index = level == 1 ? first / Tile.FULL : 0; index < hashes; index++) {
                if (!isAsAbove(level, index)) {
                    long entries = 1L << (8 * level);
                    return Optional.of(new Wrong(
                            Damage.CHANGED,
                            index * entries,
                            "The log was altered between the indices " + index * entries + " and "
                                    + ((index + 1) * entries - 1) + ": the hashes there do not lead to what was signed."));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isAsAbove(int level, long index) {
        var above = export.tile(Tile.of(level, index / Tile.FULL, size));
        var below = export.tile(new Tile(level - 1, index, Tile.FULL));
        return above.isPresent()
                && below.isPresent()
                && hasher.perfect(below.get(), 0, Tile.FULL)
                        .equals(Hash.at(above.get(), (int) (index % Tile.FULL) * Hash.BYTES));
    }
}
