package dev.cloister.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A password, token or key in text form. It prints as {@code [secret]}, has no JSON form, compares in constant time, and
 * shows its text only to a caller that writes {@link #reveal()}, so that every such place can be found.
 */
public final class Secret {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** Wraps a text that came from elsewhere. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /**
     * Makes a new secret out of that many random bytes, written as URL-safe Base64 without padding.
     *
     * @throws IllegalArgumentException for fewer than 16 bytes, which could be guessed
     */
    public static Secret random(int bytes) {
        if (bytes < 16) {
            throw new IllegalArgumentException("A secret of " + bytes + " bytes could be guessed; use 16 or more.");
        }
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** The text itself; for the place that sends or stores it, never for a message or a log. */
    public String reveal() {
        return text;
    }

    /** True if the candidate is this secret; the time taken does not tell how much of it was right. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(text.getBytes(UTF_8), candidate.getBytes(UTF_8));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && matches(secret.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
