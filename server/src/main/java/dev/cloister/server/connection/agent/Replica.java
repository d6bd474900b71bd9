package dev.cloister.server.connection.agent;

import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * This server process among those that share the database.
 *
 * @param id made anew at every start, so that what an earlier process left behind is known for what it is
 * @param listener the name of its connection for events, which the database shows as long as the process lives
 * @param relayUrl where the others reach it, null where nobody has said so
 */
public record Replica(UUID id, String listener, @Nullable URI relayUrl) {
    public static Replica random(String listener, @Nullable URI relayUrl) {
        return new Replica(UUID.randomUUID(), listener, relayUrl);
    }
}
