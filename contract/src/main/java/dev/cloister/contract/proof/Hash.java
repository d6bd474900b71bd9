package dev.cloister.contract.proof;

import java.util.Arrays;
import java.util.Base64;

/** A SHA-256 hash: a leaf, a node or the root of a tree. */
public final class Hash {
    /** How many bytes it has. */
    public static final int BYTES = 32;

    /** The root of the tree without leaves: the hash of nothing (RFC 6962, 2.1). */
    public static final Hash EMPTY_ROOT = new Hash(new TreeHasher().plain(new byte[0]));

    private final byte[] bytes;

    /** Takes the array as its own. */
    Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException where {@code bytes} does not hold a hash at {@code offset} */
    public static Hash at(byte[] bytes, int offset) {
        if (offset < 0 || bytes.length - offset < BYTES) {
            throw new IllegalArgumentException("no hash at " + offset);
        }
        return new Hash(Arrays.copyOfRange(bytes, offset, offset + BYTES));
    }

    /** Reads standard Base64 with padding, of exactly 32 bytes and in the one way they can be written. */
    public static Hash parse(String base64) throws MalformedProofException {
        byte[] bytes = Base64Text.decode(base64);
        if (bytes.length != BYTES) {
            throw new MalformedProofException("a hash has 32 bytes");
        }
        return new Hash(bytes);
    }

    /** The hash of an entry as a leaf. */
    public static Hash leaf(byte[] entry) {
        return new TreeHasher().leaf(entry, 0, entry.length);
    }

    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    byte[] raw() {
        return bytes;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Standard Base64, as in checkpoints and proofs. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
