package dev.cloister.provisioner.egress;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * The way into the server where it runs in this very process: it takes the connections of workspaces as they are, which
 * spares each byte of theirs a detour over loopback.
 */
@FunctionalInterface
public interface ServerDoor {
    /** Takes over an open connection, whose next bytes are the request. Returns at once; the server closes it. */
    void enter(SocketChannel connection) throws IOException;
}
