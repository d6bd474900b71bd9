package dev.cloister.contract.proof;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.Sha256;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * A value that the log holds to without showing it: SHA-256 over a label, sixteen random bytes, the name of the field and
 * the value. With the random bytes anybody can check the value; once they are erased nobody can find it by trying, and
 * every proof stays valid. For use by one thread.
 */
public final class Commitment {
    /** How many random bytes each value has of its own. */
    public static final int SALT_BYTES = 16;

    private static final byte[] LABEL = "cloister audit field v1\n".getBytes(US_ASCII);

    private final MessageDigest digest = Sha256.digest();

    /**
     * Commits to a value.
     *
     * @param field has no character NUL, which ends it
     * @return 43 characters of Base64 for URLs, without padding
     */
    public String to(String field, byte[] salt, int offset, byte[] value) {
        byte[] name = field.getBytes(UTF_8);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(digest(name, 0, name.length, salt, offset, value, 0, value.length));
    }

    /** The bytes of a commitment, from slices of larger arrays. */
    public byte[] digest(
            byte[] field,
            int fieldAt,
            int fieldLength,
            byte[] salt,
            int saltAt,
            byte[] value,
            int valueAt,
            int valueLength) {
        digest.update(LABEL);
        digest.update(salt, saltAt, SALT_BYTES);
        digest.update(field, fieldAt, fieldLength);
        digest.update((byte) 0);
        digest.update(value, valueAt, valueLength);
        return digest.digest();
    }
}
