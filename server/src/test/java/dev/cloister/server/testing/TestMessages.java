package dev.cloister.server.testing;

import dev.cloister.contract.client.MessageStream;
import dev.cloister.tunnel.websocket.SocketDialer;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Opens logs of servers without TLS. */
final class TestMessages implements MessageStream.Dialer {
    private final SocketDialer dialer = new SocketDialer(() -> {
        throw new IllegalStateException("this server is reached without TLS");
    });

    @Override
    public MessageStream open(URI uri, Map<String, String> headers) throws IOException {
        var socket = dialer.openText(uri, headers);
        return new MessageStream() {
            @Override
            public Optional<String> next() throws IOException {
                return Optional.ofNullable(socket.next());
            }

            @Override
            public void close() {
                socket.close();
            }
        };
    }
}
