package dev.cloister.agent.stream;

import dev.cloister.agent.splice.SocketStream;
import dev.cloister.agent.splice.Splice;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.Ticket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Connects a stream to a TCP port on the workspace's loopback, IPv4 first, then IPv6. */
public final class PortChannel implements StreamChannel {
    private static final byte[][] LOOPBACK = {{127, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

    @Override
    public Session open(OpenStream request, Ticket ticket) throws StreamRefused {
        var socket = connect(request.getPort());
        return stream -> Splice.join(stream, socket);
    }

    private static SocketStream connect(int port) throws StreamRefused {
        for (var address : LOOPBACK) {
            try {
                return SocketStream.connect(new InetSocketAddress(InetAddress.getByAddress(address), port));
            } catch (IOException _) {
                // Nothing listens there; perhaps on the other address.
            }
        }
        throw new StreamRefused("nothing listens on port " + port + " of the workspace");
    }
}
