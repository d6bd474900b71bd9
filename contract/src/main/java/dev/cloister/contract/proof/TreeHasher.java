package dev.cloister.contract.proof;

import dev.cloister.contract.Sha256;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The hashes of RFC 6962, 2.1: {@code SHA-256(0x00 || entry)} for leaves, {@code SHA-256(0x01 || left || right)} for
 * nodes, so that a node can never pass for an entry. For use by one thread.
 */
public final class TreeHasher {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest = Sha256.digest();
    private final byte[] pair = new byte[1 + 2 * Hash.BYTES];

    public TreeHasher() {
        pair[0] = NODE;
    }

    public Hash leaf(byte[] bytes, int offset, int length) {
        digest.update(LEAF);
        digest.update(bytes, offset, length);
        return new Hash(digest.digest());
    }

    public Hash node(Hash left, Hash right) {
        left.copyTo(pair, 1);
        right.copyTo(pair, 1 + Hash.BYTES);
        return new Hash(digest.digest(pair));
    }

    byte[] plain(byte[] bytes) {
        return digest.digest(bytes);
    }

    /**
     * The root of 2^n hashes that lie one after the other.
     *
     * @param count a power of two
     */
    public Hash perfect(byte[] hashes, int first, int count) {
        byte[] level = Arrays.copyOfRange(hashes, first * Hash.BYTES, (first + count) * Hash.BYTES);
        try {
            for (int width = count; width > 1; width /= 2) {
                for (int at = 0; at < width / 2; at++) {
                    digest.update(NODE);
                    digest.update(level, 2 * at * Hash.BYTES, 2 * Hash.BYTES);
                    digest.digest(level, at * Hash.BYTES, Hash.BYTES);
                }
            }
        } catch (DigestException e) {
            throw new IllegalStateException("a hash fits where two were", e);
        }
        return Hash.at(level, 0);
    }
}
