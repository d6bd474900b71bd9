package dev.cloister.contract.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** RFC 6962, 2.1 written down as it stands there, slow and plain; and all tiles of such a tree. */
final class NaiveTree {
    private final List<Hash> leaves;

    NaiveTree(List<Hash> leaves) {
        this.leaves = leaves;
    }

    static List<Hash> leaves(int count) {
        var leaves = new ArrayList<Hash>();
        for (int at = 0; at < count; at++) {
            leaves.add(Hash.leaf(("entry " + at).getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        }
        return leaves;
    }

    Hash root() {
        return root(leaves);
    }

    static Hash root(List<Hash> leaves) {
        int count = leaves.size();
        if (count == 0) {
            return Hash.EMPTY_ROOT;
        }
        if (count == 1) {
            return leaves.getFirst();
        }
        int split = Integer.highestOneBit(count - 1);
        return new TreeHasher().node(root(leaves.subList(0, split)), root(leaves.subList(split, count)));
    }

    static List<Hash> path(int index, List<Hash> leaves) {
        int count = leaves.size();
        if (count == 1) {
            return new ArrayList<>();
        }
        int split = Integer.highestOneBit(count - 1);
        var left = leaves.subList(0, split);
        var right = leaves.subList(split, count);
        var path = index < split ? path(index, left) : path(index - split, right);
        path.add(root(index < split ? right : left));
        return path;
    }

    static List<Hash> consistency(int old, List<Hash> leaves, boolean whole) {
        int count = leaves.size();
        if (old == count) {
            return whole ? new ArrayList<>() : new ArrayList<>(List.of(root(leaves)));
        }
        int split = Integer.highestOneBit(count - 1);
        var left = leaves.subList(0, split);
        var right = leaves.subList(split, count);
        var path = old <= split ? consistency(old, left, whole) : consistency(old - split, right, false);
        path.add(root(old <= split ? right : left));
        return path;
    }

    /** The source of all tiles, made by growing. */
    static TileSource tiles(List<Hash> leaves) {
        var tree = new GrowingTree();
        leaves.forEach(tree::add);
        Map<Tile, byte[]> all = new HashMap<>(tree.takeSealed());
        all.putAll(tree.edge());
        return tile -> {
            byte[] exact = all.get(tile);
            if (exact != null) {
                return exact;
            }
            for (var entry : all.entrySet()) { // a narrower form of a tile that has grown since
                Tile wider = entry.getKey();
                if (wider.level() == tile.level() && wider.index() == tile.index() && wider.width() > tile.width()) {
                    return java.util.Arrays.copyOf(entry.getValue(), tile.width() * Hash.BYTES);
                }
            }
            throw new java.io.IOException("no tile " + tile.path());
        };
    }
}
