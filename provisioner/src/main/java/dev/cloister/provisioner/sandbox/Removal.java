package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import java.io.IOException;
import java.time.Duration;

/** Removes a workspace's directory, in which its user may have built whatever is hard to remove. */
final class Removal {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Removal() {}

    static void of(WorkspaceDirectory directory) throws IOException, BuildException, InterruptedException {
        var path = directory.path().toString();
        // rm copes with paths of any depth, and never follows links.
        var removed = Commands.run(LIMIT, "rm", "-rf", "--one-file-system", "--", path);
        if (!removed.succeeded()) {
            // Directories that their own user may not write, where that user is we.
            Commands.run(LIMIT, "chmod", "-R", "u+rwX", "--", path);
            removed = Commands.run(LIMIT, "rm", "-rf", "--one-file-system", "--", path);
        }
        if (!removed.succeeded()) {
            throw new BuildException("The workspace's directory cannot be removed: " + removed.lastLine() + ".");
        }
    }
}
