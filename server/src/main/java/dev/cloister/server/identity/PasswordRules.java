package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a new password must be: long enough, not among the best known, not the account's own name. No rules about kinds
 * of characters, which make passwords worse (NIST SP 800-63B, 3.1.1.2).
 */
public final class PasswordRules {
    private static final int LEAST = 10;
    private static final int MOST = 256;
    private static final Set<String> WELL_KNOWN = Set.of(
            "1234567890",
            "12345678910",
            "0123456789",
            "0987654321",
            "9876543210",
            "1q2w3e4r5t",
            "qwertyuiop",
            "password12",
            "password123",
            "password1234",
            "passw0rd123",
            "iloveyou12",
            "letmein123",
            "changeme123",
            "adminadmin",
            "administrator",
            "qwerty12345",
            "abcdefghij",
            "aaaaaaaaaa",
            "0000000000",
            "1111111111",
            "welcome123",
            "welcome1234",
            "trustno1234",
            "correcthorse",
            "1qaz2wsx3edc",
            "zaq12wsxcde3");

    private PasswordRules() {}

    /** What is wrong with the password, empty where it is good. */
    public static Optional<String> problem(Secret password, String username, String email) {
        String text = password.reveal();
        if (text.codePointCount(0, text.length()) < LEAST) {
            return Optional.of("Must have at least " + LEAST + " characters.");
        }
        if (text.length() > MOST) {
            return Optional.of("Must not have more than " + MOST + " characters.");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (WELL_KNOWN.contains(lower) || text.chars().distinct().count() < 4) {
            return Optional.of("Is among the passwords that everybody tries first.");
        }
        String local = email.contains("@") ? email.substring(0, email.indexOf('@')) : email;
        if (isMostly(lower, username) || isMostly(lower, local) || isMostly(lower, "cloister")) {
            return Optional.of("Must not be made of the account's or the product's name.");
        }
        return Optional.empty();
    }

    private static boolean isMostly(String password, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() >= 4 && password.contains(lower) && password.length() - lower.length() < 5;
    }
}
