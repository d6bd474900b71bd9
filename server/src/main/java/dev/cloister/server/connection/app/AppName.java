package dev.cloister.server.connection.app;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which app is meant, by the names of people.
 *
 * @param app a slug, or a port number
 * @param agent empty for the workspace's first agent that has the app
 */
record AppName(String app, String agent, String workspace, String owner) {
    private static final int MAX_PORT = 65_535;

    /** The name that the label of a host name stands for, {@code app[--agent]--workspace--owner}. */
    static Optional<AppName> ofLabel(String label) {
        var parts = List.of(label.split("--", -1));
        if (parts.stream().anyMatch(String::isEmpty)) {
            return Optional.empty();
        }
        return switch (parts.size()) {
            case 3 -> Optional.of(new AppName(parts.get(0), "", parts.get(1), parts.get(2)));
            case 4 -> Optional.of(new AppName(parts.get(0), parts.get(1), parts.get(2), parts.get(3)));
            default -> Optional.empty();
        };
    }

    /** The port where the app is one, as a number that an {@code s} may follow; a slug cannot be a number. */
    OptionalInt port() {
        if (!app.matches("\\d{1,5}s?")) {
            return OptionalInt.empty();
        }
        int port = Integer.parseInt(app.replace("s", ""));
        return port >= 1 && port <= MAX_PORT ? OptionalInt.of(port) : OptionalInt.empty();
    }

    /** Whether the port's application speaks TLS. */
    boolean isEncrypted() {
        return port().isPresent() && app.endsWith("s");
    }

    boolean isOfSameWorkspace(AppName other) {
        return workspace.equals(other.workspace) && owner.equals(other.owner);
    }
}
