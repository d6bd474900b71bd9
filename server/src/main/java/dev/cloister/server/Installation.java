package dev.cloister.server;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where the packaged product lies: the launcher names it.
 *
 * @param dashboard the built dashboard
 * @param agentImage what workspaces run as their agent
 */
record Installation(Path dashboard, Path agentImage) {
    static Installation of(Map<String, String> environment) {
        String root = environment.get("CLOISTER_INSTALLATION");
        if (root == null || root.isEmpty()) {
            throw new IllegalStateException(
                    "CLOISTER_INSTALLATION is not set: start the server by the launcher, as \"cloister server\".");
        }
        return new Installation(Path.of(root, "dist", "dashboard"), Path.of(root, "agent"));
    }
}
