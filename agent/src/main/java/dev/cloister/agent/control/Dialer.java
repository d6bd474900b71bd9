package dev.cloister.agent.control;

import dev.cloister.tunnel.Transport;
import java.io.IOException;

/** Makes one attempt to reach the server. */
@FunctionalInterface
public interface Dialer {
    Transport dial() throws IOException;
}
