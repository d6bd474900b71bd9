package dev.cloister.server.identity;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules of names of people. */
final class Names {
    private static final Pattern USERNAME = Pattern.compile("[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s\\p{Cntrl}<>\"',;:]{1,64}@[a-zA-Z0-9.-]{1,189}");

    private static final Pattern AVATAR = Pattern.compile("(https?://|/(?!/))[^\\s\\p{Cntrl}\"'<>\\\\]+");

    /** Words that stand in the place of a user in addresses. */
    private static final Set<String> RESERVED = Set.of(
            "me",
            "first",
            "login",
            "logout",
            "authmethods",
            "oauth2",
            "oidc",
            "oidc-claims",
            "otp",
            "validate-password",
            "new",
            "create",
            "prebuilds",
            "system");

    private Names() {}

    static Optional<String> usernameProblem(String username) {
        if (username.length() > 32 || !USERNAME.matcher(username).matches()) {
            return Optional.of("Must have 1 to 32 letters, digits and single hyphens between them.");
        }
        return RESERVED.contains(username.toLowerCase(java.util.Locale.ROOT))
                ? Optional.of("Is a word with a meaning of its own here. Choose another.")
                : Optional.empty();
    }

    static Optional<String> emailProblem(String email) {
        return email.length() <= 254 && EMAIL.matcher(email).matches()
                ? Optional.empty()
                : Optional.of("Must be an e-mail address.");
    }

    /** Browsers of others fetch it: an address of the web or of this server, nothing that runs as a script. */
    static Optional<String> avatarProblem(String url) {
        boolean good = url.isEmpty()
                || (url.length() <= 2048
                        && AVATAR.matcher(url).matches()
                        && url.chars().noneMatch(c -> c <= ' '));
        return good
                ? Optional.empty()
                : Optional.of(
                        "Must be an address that begins with https://, http:// or /, of at most 2048 characters.");
    }

    static Optional<String> fullNameProblem(String name) {
        boolean clean = name.length() <= 128
                && name.strip().equals(name)
                && name.codePoints().noneMatch(Character::isISOControl);
        return clean
                ? Optional.empty()
                : Optional.of("Must have at most 128 characters, without line breaks or spaces at the ends.");
    }
}
