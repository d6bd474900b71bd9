package dev.cloister.contract.proof.check;

import dev.cloister.contract.proof.Hash;
import dev.cloister.contract.proof.Tile;
import dev.cloister.contract.proof.TreeHasher;
import dev.cloister.contract.proof.check.Verdict.Damage;
import dev.cloister.contract.proof.check.Verdict.Wrong;
import java.util.Optional;
import java.util.stream.LongStream;

/** Each full tile must be what the tile above it says; the uppermost ones lead to the signed root. */
final class TileCheck {
    private final Export export;
    private final long size;
    private final long first;

    TileCheck(Export export, long size, long first) {
        this.export = export;
        this.size = size;
        this.first = first;
    }

    Optional<Wrong> firstWrong() {
        for (int level = Tile.HIGHEST_LEVEL; level > 0; level--) {
            long hashes = Tile.hashes(level, size);
            int of = level;
            var wrong = LongStream.range(level == 1 ? first / Tile.FULL : 0, hashes)
                    .parallel()
                    .filter(index -> !isAsAbove(of, index))
                    .min();
            if (wrong.isPresent()) {
                return Optional.of(altered(wrong.getAsLong(), 1L << (8 * level)));
            }
        }
        return Optional.empty();
    }

    private static Wrong altered(long index, long entries) {
        return new Wrong(
                Damage.CHANGED,
                index * entries,
                "The log was altered between the indices " + index * entries + " and " + ((index + 1) * entries - 1)
                        + ": the hashes there do not lead to what was signed.");
    }

    private boolean isAsAbove(int level, long index) {
        var above = export.tile(Tile.of(level, index / Tile.FULL, size));
        var below = export.tile(new Tile(level - 1, index, Tile.FULL));
        return above.isPresent()
                && below.isPresent()
                && new TreeHasher()
                        .perfect(below.get(), 0, Tile.FULL)
                        .equals(Hash.at(above.get(), (int) (index % Tile.FULL) * Hash.BYTES));
    }
}
