package dev.cloister.server.platform.postgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Turns what PostgreSQL and the system say about a failure into what the operator should do about it. */
final class Advice {
    private static final int LINES_SHOWN = 12;

    private Advice() {}

    /** A program failed; its last lines are shown, and advice where one of them is known. */
    static EmbeddedPostgresException failed(String program, Path directory, List<String> output) {
        var shown = output.subList(Math.max(0, output.size() - LINES_SHOWN), output.size());
        var message = new StringBuilder("PostgreSQL: " + program + " failed for " + directory + ".");
        var advice = adviceFor(String.join("\n", output));
        if (!advice.isEmpty()) {
            message.append(' ').append(advice);
        }
        shown.forEach(line -> message.append("\n    ").append(line));
        return new EmbeddedPostgresException(message.toString());
    }

    static EmbeddedPostgresException io(String what, Path directory, IOException failure) {
        var advice = failure instanceof AccessDeniedException
                ? "%s may not read or write there. Give it the directory (chown -R) or choose another --data-dir."
                        .formatted(CurrentUser.name())
                : adviceFor(String.valueOf(failure.getMessage()));
        return new EmbeddedPostgresException(
                "%s: %s%s".formatted(what, failure, advice.isEmpty() ? "" : ". " + advice), failure);
    }

    private static String adviceFor(String output) {
        var text = output.toLowerCase(Locale.ROOT);
        if (text.contains("no space left on device") || text.contains("disk quota exceeded")) {
            return "The disk is full: make room or choose another --data-dir.";
        }
        if (text.contains("read-only file system")) {
            return "The file system is read-only: choose another --data-dir.";
        }
        if (text.contains("error while loading shared libraries")) {
            return "A system library is missing (on Debian and Ubuntu: apt-get install libstdc++6).";
        }
        if (text.contains("setresuid") || text.contains("setgroups") || text.contains("setresgid")) {
            return "This container does not let root change to another account. Allow SETUID and SETGID, start Cloister as an ordinary user, or use --postgres-url.";
        }
        if (text.contains("unshare failed")) {
            return "This machine does not allow the namespace that is needed here.";
        }
        if (text.contains("could not look up effective user id")) {
            return "The user that Cloister runs as has no name. Add it to /etc/passwd, allow user namespaces, or use --postgres-url.";
        }
        if (text.contains("cannot execute") || text.contains("permission denied")) {
            return "Is the directory on a file system mounted noexec, or closed to PostgreSQL's account?";
        }
        if (text.contains("shmget") || text.contains("could not map anonymous shared memory")) {
            return "The machine has too little memory, or its limit for shared memory is too low.";
        }
        return "";
    }
}
