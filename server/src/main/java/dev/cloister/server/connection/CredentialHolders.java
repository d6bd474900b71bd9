package dev.cloister.server.connection;

import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import java.util.Optional;

/** Looks the holder of a session or token up again, for connections that outlive the request that proved it. */
@FunctionalInterface
public interface CredentialHolders {
    /** The holder with the rights they have now; empty where the credential has ended. */
    Optional<Caller.User> current(String credentialId, Origin origin);
}
