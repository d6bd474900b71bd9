package dev.cloister.tunnel.mux;

import dev.cloister.tunnel.LoopbackTransport;
import java.io.IOException;

/** Two sessions joined in memory. */
public record MuxPair(MuxSession client, MuxSession server) implements AutoCloseable {
    public static MuxPair joined(MuxSettings settings) {
        var pair = LoopbackTransport.pair();
        return new MuxPair(MuxSession.client(pair.left(), settings), MuxSession.server(pair.right(), settings));
    }

    public record Streams(MuxStream near, MuxStream far) {}

    public Streams stream() throws IOException {
        var near = client.open();
        return new Streams(near, server.accept());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
