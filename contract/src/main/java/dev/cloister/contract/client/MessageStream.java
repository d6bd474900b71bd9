package dev.cloister.contract.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Text messages that a server sends, one after the other. */
public interface MessageStream extends Closeable {
    /** Waits for the next one; empty when the server has ended the stream in an orderly way. */
    Optional<String> next() throws IOException;

    /** A reader that waits fails. */
    @Override
    void close();

    /** Opens such streams, on WebSockets. */
    @FunctionalInterface
    interface Dialer {
        /**
         * @param uri with the scheme ws or wss
         * @throws ApiException when the server refuses
         */
        MessageStream open(URI uri, Map<String, String> headers) throws IOException;
    }
}
