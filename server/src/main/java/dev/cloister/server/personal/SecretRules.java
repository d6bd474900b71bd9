package dev.cloister.server.personal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ValidationError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What secrets of people may be called, where they may go, and how large they may be. */
final class SecretRules {
    static final int MOST = 50;
    static final int LARGEST = 24 * 1024;
    static final int LARGEST_TOGETHER = 200 * 1024;

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,63}");
    private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]{0,127}");
    private static final Pattern PATH = Pattern.compile("(~|)(/[^/\\p{Cntrl}]+)+");

    /** Variables that decide what runs, or that the workspace itself sets. */
    private static final Set<String> RESERVED = Set.of(
            "PATH",
            "HOME",
            "USER",
            "LOGNAME",
            "SHELL",
            "PWD",
            "OLDPWD",
            "IFS",
            "ENV",
            "BASH_ENV",
            "TERM",
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "ALL_PROXY",
            "NO_PROXY");

    private static final List<String> RESERVED_PREFIXES = List.of("LD_", "DYLD_", "CODER_", "CLOISTER_", "SSH_");

    private SecretRules() {}

    static List<ValidationError> problems(UserSecretRecord secret) {
        var problems = new ArrayList<ValidationError>();
        name(secret.name()).ifPresent(p -> problems.add(new ValidationError("name", p)));
        variable(secret.envName()).ifPresent(p -> problems.add(new ValidationError("env_name", p)));
        path(secret.filePath()).ifPresent(p -> problems.add(new ValidationError("file_path", p)));
        if (secret.description().length() > 1000) {
            problems.add(new ValidationError("description", "Must have at most 1000 characters."));
        }
        return problems;
    }

    static Optional<String> name(String name) {
        if (!NAME.matcher(name).matches() || name.contains("..")) {
            return Optional.of("Must have 1 to 64 letters, digits and . _ - and not begin with . or -.");
        }
        return name.equals("batch") ? Optional.of("Is a word with a meaning of its own here.") : Optional.empty();
    }

    private static Optional<String> variable(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (!VARIABLE.matcher(name).matches()) {
            return Optional.of("Must have letters, digits and underscores, no digit first, at most 128 characters.");
        }
        String upper = name.toUpperCase(Locale.ROOT);
        return RESERVED.contains(upper) || RESERVED_PREFIXES.stream().anyMatch(upper::startsWith)
                ? Optional.of("This variable has a meaning of its own in workspaces.")
                : Optional.empty();
    }

    private static Optional<String> path(String path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        boolean good = path.length() <= 1024
                && PATH.matcher(path).matches()
                && Arrays.stream(path.split("/", -1)).noneMatch(segment -> segment.equals(".") || segment.equals(".."));
        return good
                ? Optional.empty()
                : Optional.of("Must be the path of a file that begins with / or ~/, without . and .. in it, of at most"
                        + " 1024 characters.");
    }

    static Optional<String> value(Secret value, String envName) {
        String text = value.reveal();
        if (text.isEmpty()) {
            return Optional.of("A value is required.");
        }
        if (text.getBytes(UTF_8).length > LARGEST) {
            return Optional.of("Must not be larger than " + LARGEST + " bytes.");
        }
        return !envName.isEmpty() && text.indexOf('\0') >= 0
                ? Optional.of("A variable cannot hold a NUL character.")
                : Optional.empty();
    }
}
