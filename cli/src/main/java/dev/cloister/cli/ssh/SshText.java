package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CommandException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words for an SSH configuration and for the command in it. Such a command goes through percent expansion by ssh and
 * then through the user's shell, whichever that is, so words with characters that any of them treats specially are
 * refused and not escaped.
 */
final class SshText {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N} _./:@,+=~()-]+");

    private static final int MAX_LABELS = 253;
    private static final Pattern SUFFIX =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private SshText() {}

    /** The words as one command for a shell, each in single quotes. */
    static String command(List<String> words) throws CommandException {
        for (var word : words) {
            requirePlain(word);
        }
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }

    /** A path as one argument of an SSH configuration keyword. */
    static String path(Path path) throws CommandException {
        requirePlain(path.toString());
        return "\"" + path + "\"";
    }

    /** The end of our host names, for example "cloister". It becomes a pattern for host names and a word in a command. */
    static String suffix(String suffix) throws CommandException {
        if (suffix.length() <= MAX_LABELS && SUFFIX.matcher(suffix).matches()) {
            return suffix;
        }
        throw CommandException.failure(
                "The host name suffix \"" + suffix + "\" is not one. It is made of lower-case letters,"
                        + " digits, hyphens and dots. Ask whoever runs the server, or choose one with --hostname-suffix.");
    }

    private static void requirePlain(String word) throws CommandException {
        if (!PLAIN.matcher(word).matches()) {
            throw CommandException.failure("\"" + word + "\" has characters that cannot stand in an SSH configuration"
                    + " safely. Install Cloister, or keep its configuration, under a plainer path.");
        }
    }
}
