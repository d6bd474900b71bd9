package dev.cloister.gateway.app;

import dev.cloister.tunnel.ByteStream;
import java.io.IOException;

/** Opens connections to the port of one app, on behalf of one visitor. */
@FunctionalInterface
public interface AppDialer {
    /**
     * A new connection.
     *
     * @throws IOException where the app cannot be reached, with a sentence for the visitor
     */
    ByteStream dial() throws IOException;
}
