package dev.cloister.agent.control;

import dev.cloister.tunnel.Link;
import java.io.IOException;

/** Makes one attempt to reach the server. */
@FunctionalInterface
public interface Dialer {
    Link dial() throws IOException;
}
