package dev.cloister.server.connection.agent;

import java.util.UUID;

/**
 * This server process among those that share the database.
 *
 * @param id made anew at every start, so that what an earlier process left behind is known for what it is
 */
public record Replica(UUID id) {
    public static Replica random() {
        return new Replica(UUID.randomUUID());
    }
}
