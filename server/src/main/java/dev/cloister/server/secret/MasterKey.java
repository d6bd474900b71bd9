package dev.cloister.server.secret;

import dev.cloister.contract.Sha256;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key of 256 bits with a name that tells nothing of it: eight bytes of a hash. */
final class MasterKey {
    static final int BYTES = 32;
    static final int ID_BYTES = 8;

    private final byte[] id;
    private final SecretKey key;

    private MasterKey(byte[] bytes) {
        this.id = Arrays.copyOf(hash(bytes), ID_BYTES);
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /**
     * Reads the Base64 text of a key.
     *
     * @throws IllegalArgumentException where it is not 32 bytes in Base64
     */
    static MasterKey parse(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes");
        }
        return new MasterKey(bytes);
    }

    /** The text of a new key. */
    static String generate() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** The prefix separates this use of the hash from every other. */
    private static byte[] hash(byte[] key) {
        var digest = Sha256.digest();
        digest.update("cloister master key id\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return digest.digest(key);
    }

    byte[] id() {
        return id.clone();
    }

    boolean isCalled(byte[] name) {
        return Arrays.equals(id, name);
    }

    SecretKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "master key [secret]";
    }
}
