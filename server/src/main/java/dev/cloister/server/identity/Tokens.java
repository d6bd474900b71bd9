package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.Sha256;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The form of session tokens: ten characters that name the row, a hyphen, and 22 characters (131 bits) that prove it.
 * The form is Coder's, so that its clients accept it.
 */
final class Tokens {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int ID_LENGTH = 10;
    private static final int SECRET_LENGTH = 22;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Tokens() {}

    /** The two halves of a token. */
    record Halves(String id, Secret secret) {
        Secret token() {
            return Secret.of(id + "-" + secret.reveal());
        }
    }

    static Halves generate() {
        return new Halves(random(ID_LENGTH), Secret.of(random(SECRET_LENGTH)));
    }

    private static String random(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    static Optional<Halves> split(Secret token) {
        String text = token.reveal();
        return text.length() == ID_LENGTH + 1 + SECRET_LENGTH && text.charAt(ID_LENGTH) == '-'
                ? Optional.of(new Halves(text.substring(0, ID_LENGTH), Secret.of(text.substring(ID_LENGTH + 1))))
                : Optional.empty();
    }

    static byte[] hash(Secret secret) {
        return Sha256.of(secret.reveal());
    }
}
