package dev.cloister.cli.ssh;

import dev.cloister.cli.websocket.StreamDialer;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.net.URI;

/** Opens streams into a workspace through the server. */
final class Streams {
    private final ApiClient client;
    private final StreamDialer dialer;

    Streams(ApiClient client) {
        this.client = client;
        this.dialer = new StreamDialer(() -> client.http().sslContext());
    }

    /** A stream of raw bytes, both ways. */
    Transport open(URI stream) throws IOException {
        return dialer.open(stream, client.headers());
    }
}
