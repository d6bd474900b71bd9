package dev.cloister.contract.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The newer HTTP client of the JDK, made when it is first needed. */
final class HttpSource {
    private final Supplier<SSLContext> tls;
    private final Duration connectLimit;
    private @Nullable HttpClient client;

    HttpSource(Supplier<SSLContext> tls, Duration connectLimit) {
        this.tls = tls;
        this.connectLimit = connectLimit;
    }

    private synchronized HttpClient get() {
        var made = client;
        if (made == null) {
            made = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(connectLimit)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .sslContext(tls.get())
                    .build();
            client = made;
        }
        return made;
    }

    Answered send(String method, URI uri, Map<String, String> headers, byte @Nullable [] body, Duration limit)
            throws IOException {
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        var request = HttpRequest.newBuilder(uri).timeout(limit).method(method, publisher);
        headers.forEach(request::setHeader);
        try {
            var response = get().send(request.build(), BodyHandlers.ofInputStream());
            return new Answered(
                    response.statusCode(),
                    response.headers().firstValue("Location").orElse(null),
                    response.body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The request was interrupted.");
        }
    }

    synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
