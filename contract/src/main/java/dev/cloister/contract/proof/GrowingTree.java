package dev.cloister.contract.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tree that leaves are added to. It holds the tiles at the right edge only, and tells which tiles have changed, so
 * that growing costs the same at a billion leaves. For use by one thread.
 */
public final class GrowingTree {
    private final TreeHasher hasher = new TreeHasher();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<Tile, byte[]> sealed = new LinkedHashMap<>();
    private long size;

    private static final class Edge {
        private final byte[] hashes = new byte[Tile.FULL * Hash.BYTES];
        private int width;
        private long index;
    }

    /** The tree without leaves. */
    public GrowingTree() {}

    /**
     * The tree of {@code size} leaves.
     *
     * @param edge the hashes of each tile of {@link Tile#edge}
     */
    public GrowingTree(long size, Map<Tile, byte[]> edge) throws MalformedProofException {
        this.size = size;
        for (Tile tile : Tile.edge(size)) {
            byte[] hashes = edge.get(tile);
            if (hashes == null || hashes.length != tile.width() * Hash.BYTES) {
                throw new MalformedProofException("tile " + tile.path() + " at the edge of the tree is not there");
            }
            System.arraycopy(hashes, 0, level(tile.level()).hashes, 0, hashes.length);
            level(tile.level()).width = tile.width();
        }
        for (int level = 0; Tile.hashes(level, size) > 0; level++) {
            level(level).index = Tile.hashes(level, size) / Tile.FULL;
        }
    }

    private Edge level(int level) {
        while (edges.size() <= level) {
            edges.add(new Edge());
        }
        return edges.get(level);
    }

    public long size() {
        return size;
    }

    public void add(Hash leaf) {
        add(0, leaf);
        size++;
    }

    private void add(int level, Hash hash) {
        Edge edge = level(level);
        hash.copyTo(edge.hashes, edge.width * Hash.BYTES);
        edge.width++;
        if (edge.width == Tile.FULL) {
            sealed.put(new Tile(level, edge.index, Tile.FULL), edge.hashes.clone());
            edge.width = 0;
            edge.index++;
            add(level + 1, hasher.perfect(edge.hashes, 0, Tile.FULL));
        }
    }

    /** The tiles that became full since this was last asked. */
    public Map<Tile, byte[]> takeSealed() {
        var full = new LinkedHashMap<>(sealed);
        sealed.clear();
        return full;
    }

    /** The tiles that are not full. */
    public Map<Tile, byte[]> edge() {
        var partial = new LinkedHashMap<Tile, byte[]>();
        for (int level = 0; level < edges.size(); level++) {
            Edge edge = edges.get(level);
            if (edge.width > 0) {
                partial.put(
                        new Tile(level, edge.index, edge.width), Arrays.copyOf(edge.hashes, edge.width * Hash.BYTES));
            }
        }
        return partial;
    }

    public Hash root() {
        Hash root = null;
        for (Edge edge : edges) {
            root = withLeftOf(edge, root);
        }
        return root == null ? Hash.EMPTY_ROOT : root;
    }

    /** The tiles of one level fall into perfect trees, the smallest at the right; each is the left sibling of the rest. */
    private @Nullable Hash withLeftOf(Edge edge, @Nullable Hash right) {
        Hash root = right;
        int end = edge.width;
        while (end > 0) {
            int count = Integer.lowestOneBit(end);
            Hash left = hasher.perfect(edge.hashes, end - count, count);
            root = root == null ? left : hasher.node(left, root);
            end -= count;
        }
        return root;
    }
}
