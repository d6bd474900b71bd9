package dev.cloister.contract.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The name of a tile: up to 256 consecutive hashes at the heights 0, 8, 16 and so on of the tree (C2SP tlog-tiles).
 *
 * @param level the height divided by eight
 * @param index which tile of its level, from 0
 * @param width how many hashes it has; 256 for one that never changes again
 */
public record Tile(int level, long index, int width) {
    /** How many hashes a full tile has. */
    public static final int FULL = 256;

    static final int HEIGHT = 8;
    /** Of a tree of 2^62 leaves. */
    public static final int HIGHEST_LEVEL = 7;

    private static final int MOST_SEGMENTS = 8;

    public Tile {
        if (level < 0 || level > HIGHEST_LEVEL || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException("no such tile");
        }
    }

    public boolean isFull() {
        return width == FULL;
    }

    /** How many hashes a tree of {@code size} leaves has at a level. */
    public static long hashes(int level, long size) {
        return size >> (HEIGHT * level);
    }

    /** Which tile of this level and index a tree of {@code size} leaves has; width 0 is none and refused. */
    public static Tile of(int level, long index, long size) {
        return new Tile(level, index, (int) Math.min(FULL, hashes(level, size) - index * FULL));
    }

    /** The tiles at the right edge that are not full, one or none of each level. */
    public static List<Tile> edge(long size) {
        var tiles = new ArrayList<Tile>();
        for (int level = 0; hashes(level, size) > 0; level++) {
            long hashes = hashes(level, size);
            if (hashes % FULL != 0) {
                tiles.add(new Tile(level, hashes / FULL, (int) (hashes % FULL)));
            }
        }
        return Collections.unmodifiableList(tiles);
    }

    /** As in {@code 0/x001/234.p/17}. */
    public String path() {
        return level + "/" + indexPath();
    }

    /** As in {@code x001/234.p/17}: the path of the bundle of entries beside a tile of level 0. */
    public String indexPath() {
        var path = new StringBuilder(threeDigits(index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x" + threeDigits(rest % 1000) + "/");
        }
        return isFull() ? path.toString() : path + ".p/" + width;
    }

    private static String threeDigits(long number) {
        return (number < 10 ? "00" : number < 100 ? "0" : "") + number;
    }

    /** Reads what {@link #indexPath} writes, and nothing that is only like it. */
    public static Tile parse(int level, String indexPath) throws MalformedProofException {
        String[] parts = indexPath.split("/", -1);
        boolean partial = parts.length > 1 && parts[parts.length - 2].endsWith(".p");
        int segments = partial ? parts.length - 1 : parts.length;
        if (segments > MOST_SEGMENTS || level < 0 || level > HIGHEST_LEVEL) {
            throw new MalformedProofException("no such tile");
        }
        long index = 0;
        for (int at = 0; at < segments; at++) {
            boolean last = at == segments - 1;
            String part = last && partial ? parts[at].substring(0, parts[at].length() - 2) : parts[at];
            index = Math.addExact(Math.multiplyExact(index, 1000), segment(part, last));
            if (index > Long.MAX_VALUE / FULL / 1000) {
                throw new MalformedProofException("no such tile");
            }
        }
        long width = partial ? Decimal.parse(parts[parts.length - 1]) : FULL;
        if (width < 1 || partial && width >= FULL) {
            throw new MalformedProofException("a partial tile has 1 to 255 hashes");
        }
        var tile = new Tile(level, index, (int) width);
        if (!tile.indexPath().equals(indexPath)) {
            throw new MalformedProofException("not the path of a tile");
        }
        return tile;
    }

    private static long segment(String part, boolean last) throws MalformedProofException {
        String digits = last ? part : part.startsWith("x") ? part.substring(1) : "";
        if (digits.length() != 3 || !digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw new MalformedProofException("not the path of a tile");
        }
        return Long.parseLong(digits);
    }
}
