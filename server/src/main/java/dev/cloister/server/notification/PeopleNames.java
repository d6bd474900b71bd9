package dev.cloister.server.notification;

import dev.cloister.server.platform.http.Request;
import java.util.UUID;

/** The person that {@code {user}} of a path names; given by the feature that knows people. The id is no permit. */
@FunctionalInterface
public interface PeopleNames {
    UUID named(Request request);
}
