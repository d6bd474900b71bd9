package dev.cloister.contract.proof;

import java.util.List;

/** Checks proofs against roots (RFC 9162, 2.1.3.2 and 2.1.4.2, for the trees of RFC 6962). Nothing else is believed. */
public final class Proofs {
    /** More than a tree of 2^62 leaves needs. */
    public static final int MOST_HASHES = 63;

    private Proofs() {}

    /** Whether {@code path} leads from the leaf at {@code index} to the root of a tree of {@code size} leaves. */
    public static boolean includes(Hash root, long size, long index, Hash leaf, List<Hash> path) {
        if (index < 0 || index >= size || path.size() > MOST_HASHES) {
            return false;
        }
        var hasher = new TreeHasher();
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = hasher.node(sibling, hash);
                int up = (node & 1) == 1 || node == 0 ? 0 : Long.numberOfTrailingZeros(node);
                node >>= up;
                last >>= up;
            } else {
                hash = hasher.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /**
     * Whether a tree of {@code newSize} leaves with one root begins with all leaves of a tree of {@code oldSize} leaves
     * with the other. Every tree begins with the empty one.
     */
    public static boolean extend(Hash oldRoot, long oldSize, Hash newRoot, long newSize, List<Hash> path) {
        if (oldSize < 0 || oldSize > newSize || path.size() > MOST_HASHES) {
            return false;
        }
        if (oldSize == 0) {
            return path.isEmpty() && oldRoot.equals(Hash.EMPTY_ROOT) && (newSize > 0 || newRoot.equals(oldRoot));
        }
        if (oldSize == newSize) {
            return path.isEmpty() && oldRoot.equals(newRoot);
        }
        boolean perfect = Long.bitCount(oldSize) == 1;
        if (path.isEmpty()) {
            return false;
        }
        Hash first = perfect ? oldRoot : path.getFirst();
        return climb(oldRoot, oldSize, newRoot, newSize, first, perfect ? path : path.subList(1, path.size()));
    }

    private static boolean climb(Hash oldRoot, long oldSize, Hash newRoot, long newSize, Hash first, List<Hash> rest) {
        var hasher = new TreeHasher();
        int skipped = Long.numberOfTrailingZeros(oldSize);
        long node = (oldSize - 1) >> skipped;
        long last = (newSize - 1) >> skipped;
        Hash old = first;
        Hash now = first;
        for (Hash hash : rest) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                old = hasher.node(hash, old);
                now = hasher.node(hash, now);
                int up = (node & 1) == 1 || node == 0 ? 0 : Long.numberOfTrailingZeros(node);
                node >>= up;
                last >>= up;
            } else {
                now = hasher.node(now, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && old.equals(oldRoot) && now.equals(newRoot);
    }
}
