package dev.cloister.contract.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree of the first {@code size} leaves as its tiles tell it. What comes out is as true as the source: compare the
 * root with a signed checkpoint, or check a proof with {@link Proofs}, before believing it. For use by one thread.
 */
public final class TiledTree {
    private static final int MOST_TILES_KEPT = 64;

    private final long size;
    private final TileSource source;
    private final TreeHasher hasher = new TreeHasher();
    private final Map<Tile, byte[]> read = new HashMap<>();

    public TiledTree(long size, TileSource source) {
        if (size < 0) {
            throw new IllegalArgumentException("a tree has no negative size");
        }
        this.size = size;
        this.source = source;
    }

    public Hash root() throws IOException, MalformedProofException {
        return size == 0 ? Hash.EMPTY_ROOT : range(0, size);
    }

    /** The path from the leaf at {@code index} to the root. */
    public List<Hash> inclusion(long index) throws IOException, MalformedProofException {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no such leaf");
        }
        var path = new ArrayList<Hash>();
        include(index, 0, size, path);
        return path;
    }

    /** The path that shows this tree to begin with the first {@code oldSize} leaves. */
    public List<Hash> consistency(long oldSize) throws IOException, MalformedProofException {
        if (oldSize < 0 || oldSize > size) {
            throw new IllegalArgumentException("no such earlier tree");
        }
        var path = new ArrayList<Hash>();
        if (oldSize > 0) {
            extend(oldSize, 0, size, true, path);
        }
        return path;
    }

    /** The hashes of the perfect trees that the first {@code count} leaves fall into, from left to right. */
    public List<Hash> prefix(long count) throws IOException, MalformedProofException {
        var roots = new ArrayList<Hash>();
        long begin = 0;
        for (int height = Long.SIZE - 2; height >= 0; height--) {
            if ((count >> height & 1) == 1) {
                roots.add(node(height, begin >> height));
                begin += 1L << height;
            }
        }
        return roots;
    }

    public Hash leaf(long index) throws IOException, MalformedProofException {
        return node(0, index);
    }

    private void include(long index, long begin, long end, List<Hash> path)
            throws IOException, MalformedProofException {
        if (end - begin == 1) {
            return;
        }
        long middle = begin + split(end - begin);
        if (index < middle) {
            include(index, begin, middle, path);
            path.add(range(middle, end));
        } else {
            include(index, middle, end, path);
            path.add(range(begin, middle));
        }
    }

    private void extend(long old, long begin, long end, boolean whole, List<Hash> path)
            throws IOException, MalformedProofException {
        if (old == end - begin) {
            if (!whole) {
                path.add(range(begin, end));
            }
            return;
        }
        long left = split(end - begin);
        if (old <= left) {
            extend(old, begin, begin + left, whole, path);
            path.add(range(begin + left, end));
        } else {
            extend(old - left, begin + left, end, false, path);
            path.add(range(begin, begin + left));
        }
    }

    private Hash range(long begin, long end) throws IOException, MalformedProofException {
        long count = end - begin;
        if (Long.bitCount(count) == 1) {
            int height = Long.numberOfTrailingZeros(count);
            return node(height, begin >> height);
        }
        long left = split(count);
        return hasher.node(range(begin, begin + left), range(begin + left, end));
    }

    /** The largest power of two below {@code count}. */
    private static long split(long count) {
        return Long.highestOneBit(count - 1);
    }

    /** The root of the perfect tree of 2^height leaves that is the {@code index}-th of its height. */
    private Hash node(int height, long index) throws IOException, MalformedProofException {
        int level = height / Tile.HEIGHT;
        int inside = height % Tile.HEIGHT;
        long first = index << inside;
        var tile = Tile.of(level, first / Tile.FULL, size);
        return hasher.perfect(hashes(tile), (int) (first % Tile.FULL), 1 << inside);
    }

    private byte[] hashes(Tile tile) throws IOException, MalformedProofException {
        byte[] known = read.get(tile);
        if (known != null) {
            return known;
        }
        byte[] hashes = source.read(tile);
        if (hashes.length != tile.width() * Hash.BYTES) {
            throw new MalformedProofException("tile " + tile.path() + " does not have " + tile.width() + " hashes");
        }
        if (read.size() >= MOST_TILES_KEPT) {
            read.clear();
        }
        read.put(tile, hashes);
        return hashes;
    }
}
