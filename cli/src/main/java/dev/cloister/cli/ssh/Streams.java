package dev.cloister.cli.ssh;

import dev.cloister.contract.client.ApiClient;
import dev.cloister.contract.client.ApiException;
import dev.cloister.tunnel.Transport;
import dev.cloister.tunnel.websocket.SocketDialer;
import dev.cloister.tunnel.websocket.WebSocketRefusedException;
import java.io.IOException;
import java.net.URI;

/** Opens streams into a workspace through the server. */
final class Streams {
    private final ApiClient client;
    private final SocketDialer dialer;

    Streams(ApiClient client) {
        this.client = client;
        this.dialer = new SocketDialer(client::tls);
    }

    /**
     * A stream of raw bytes, both ways.
     *
     * @throws ApiException when the server refuses
     */
    Transport open(URI stream) throws IOException {
        try {
            return dialer.open(stream, client.headers());
        } catch (WebSocketRefusedException refused) {
            throw ApiException.of(refused.status(), refused.body());
        }
    }
}
