package dev.cloister.server.platform.http;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;

/**
 * Who may call a route: a required argument of every route. It refuses early, it is in the API document, and the route
 * sweep checks it. The decision on the object itself is the service's, by a permit.
 */
public sealed interface Access {
    /** Anybody, even without a credential; the reason is part of the source because there is no check. */
    record Open(String reason) implements Access {}

    /** Any signed-in person; the reason says why no right is needed. */
    record SignedIn(String reason) implements Access {}

    /** Callers who have the right on at least something. */
    record Right(Action action, ResourceType type) implements Access {}

    /** The agent of a workspace, with its own credential. */
    record AgentOnly() implements Access {}

    static Access open(String reason) {
        return new Open(reason);
    }

    static Access signedIn(String reason) {
        return new SignedIn(reason);
    }

    static Access to(Action action, ResourceType type) {
        return new Right(action, type);
    }

    static Access agent() {
        return new AgentOnly();
    }
}
