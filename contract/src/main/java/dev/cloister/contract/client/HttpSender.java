package dev.cloister.contract.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests by the older HTTP client of the JDK: the newer one takes a tenth of a second until it is ready, which is
 * longer than most commands. That one is used only for the method that the older does not know.
 */
final class HttpSender {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final String PATCH = "PATCH";

    static {
        // A POST whose connection has broken may have been carried out; sending it again is not ours to decide.
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final Supplier<SSLContext> tls;
    private final HttpSource patches;

    /** @param tls whom to trust; asked for only when a server is reached by TLS, or by the newer client */
    HttpSender(Supplier<SSLContext> tls) {
        this.tls = tls;
        this.patches = new HttpSource(tls, CONNECT_LIMIT);
    }

    SSLContext tls() {
        return tls.get();
    }

    /**
     * Sends one request and waits for the head of the answer.
     *
     * @param body null for none
     * @param limit how long the server may be silent
     */
    Answered send(String method, URI uri, Map<String, String> headers, byte @Nullable [] body, Duration limit)
            throws IOException {
        try {
            return method.equals(PATCH)
                    ? patches.send(method, uri, headers, body, limit)
                    : plain(method, uri, headers, body, limit);
        } catch (ConnectException | UnknownHostException unreachable) {
            throw new ConnectException("Nothing answers at " + uri.getScheme() + "://" + uri.getRawAuthority() + ".");
        }
    }

    private Answered plain(String method, URI uri, Map<String, String> headers, byte @Nullable [] body, Duration limit)
            throws IOException {
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        if (connection instanceof HttpsURLConnection encrypted) {
            encrypted.setSSLSocketFactory(tls.get().getSocketFactory());
        }
        connection.setRequestMethod(method);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
        connection.setReadTimeout((int) limit.toMillis());
        headers.forEach(connection::setRequestProperty);
        connection.setDoOutput(body != null);
        connect(connection);
        try {
            if (body != null) {
                connection.getOutputStream().write(body);
            }
            int status = connection.getResponseCode();
            return new Answered(status, connection.getHeaderField("Location"), body(connection, status));
        } catch (SocketTimeoutException slow) {
            throw new HttpTimeoutException("request timed out");
        }
    }

    private static void connect(HttpURLConnection connection) throws IOException {
        try {
            connection.connect();
        } catch (SocketTimeoutException slow) {
            throw new HttpConnectTimeoutException("connect timed out");
        }
    }

    private static InputStream body(HttpURLConnection connection, int status) throws IOException {
        var body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        return body == null ? InputStream.nullInputStream() : body;
    }

    void close() {
        patches.close();
    }
}
