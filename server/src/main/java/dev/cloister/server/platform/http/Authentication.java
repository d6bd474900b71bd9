package dev.cloister.server.platform.http;

import dev.cloister.contract.Secret;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import java.util.Optional;

/** Turns credentials into callers. The identity feature provides it. */
public interface Authentication {
    /** The person or token of a session token, empty where it is unknown, expired or its holder may not sign in. */
    Optional<Caller.User> user(Secret token, Origin origin);

    /** The agent of an agent token, empty where it is unknown or its workspace is not running. */
    Optional<Caller.Agent> agent(Secret token, Origin origin);
}
