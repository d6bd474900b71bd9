package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;

/** Says in a sentence what the operating system says in a word. */
final class Trouble {
    private Trouble() {}

    static BuildException explain(IOException e, Path dataDirectory) {
        var text = String.valueOf(e.getMessage());
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("disk quota")) {
            return new BuildException(
                    "There is no space left below " + dataDirectory + ": free some, or move the data "
                            + "directory to a larger disk.",
                    e);
        }
        if (lower.contains("read-only file system")) {
            return new BuildException(
                    "The data directory " + dataDirectory + " is on a file system that is mounted "
                            + "read-only: look into the host's log for disk errors, and mount it writable.",
                    e);
        }
        if (e instanceof AccessDeniedException || lower.contains("permission denied")) {
            return new BuildException(
                    "The server's user may not write " + text + ": give it the data directory " + dataDirectory + ".",
                    e);
        }
        return new BuildException("The host refused something the build needs: " + text + ".", e);
    }
}
