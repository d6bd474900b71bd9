package dev.cloister.agent.stream;

import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.Ticket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** Connects a stream to a TCP port on the workspace's loopback, IPv4 first, then IPv6. */
public final class PortChannel implements StreamChannel {
    private static final byte[][] LOOPBACK = {{127, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

    private final SocketLoop loop = new SocketLoop();

    @Override
    public Session open(OpenStream request, Ticket ticket) throws StreamRefused {
        var socket = connect(request.getPort());
        return stream -> new PortRelay(stream, socket).run(loop);
    }

    private static SocketChannel connect(int port) throws StreamRefused {
        for (var address : LOOPBACK) {
            try {
                var socket = SocketChannel.open(new InetSocketAddress(InetAddress.getByAddress(address), port));
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                return socket;
            } catch (IOException _) {
                // Nothing listens there; perhaps on the other address.
            }
        }
        throw new StreamRefused("nothing listens on port " + port + " of the workspace");
    }
}
