package dev.cloister.cli.session;

import dev.cloister.contract.client.ApiException;
import dev.cloister.contract.client.MessageStream;
import dev.cloister.tunnel.websocket.SocketDialer;
import dev.cloister.tunnel.websocket.TextWebSocket;
import dev.cloister.tunnel.websocket.WebSocketRefusedException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Opens the logs that are followed. */
final class Messages implements MessageStream.Dialer {
    private final SocketDialer dialer;

    /** @param tls whom to trust */
    Messages(Supplier<SSLContext> tls) {
        this.dialer = new SocketDialer(tls);
    }

    private record Followed(TextWebSocket socket) implements MessageStream {
        @Override
        public Optional<String> next() throws IOException {
            return Optional.ofNullable(socket.next());
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    @Override
    public MessageStream open(URI uri, Map<String, String> headers) throws IOException {
        try {
            return new Followed(dialer.openText(uri, headers));
        } catch (WebSocketRefusedException refused) {
            throw ApiException.of(refused.status(), refused.body());
        }
    }
}
