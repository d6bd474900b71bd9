package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.BuildException;
import java.io.IOException;
import java.nio.file.Files;

/** What must be there before a workspace is begun; found missing later, it would leave half a workspace. */
final class Prerequisites {
    private static final long LEAST_FREE = 256L << 20;

    private Prerequisites() {}

    static void check(SandboxSettings settings) throws IOException, BuildException {
        var agent = settings.agentImage().resolve("bin/cloister-agent");
        if (!Files.isExecutable(agent)) {
            throw new BuildException("The agent is missing at " + agent + ": build it, or install it with the server.");
        }
        var free = Files.getFileStore(settings.dataDirectory()).getUsableSpace();
        if (free < LEAST_FREE) {
            throw new BuildException("Only " + (free >> 20) + " MiB are free below " + settings.dataDirectory()
                    + ", and a workspace needs " + (LEAST_FREE >> 20) + " MiB to begin with: free some space.");
        }
    }
}
