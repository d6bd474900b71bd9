package dev.cloister.contract.client;

import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/** An HTTP client that is made when it is first needed: making one takes a tenth of a second, and some never need it. */
final class HttpSource {
    private final HttpClient.Builder builder;
    private @Nullable HttpClient client;

    HttpSource(HttpClient.Builder builder) {
        this.builder = builder;
    }

    synchronized HttpClient get() {
        var made = client;
        if (made == null) {
            made = builder.build();
            client = made;
        }
        return made;
    }

    synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
