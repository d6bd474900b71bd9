package dev.cloister.tunnel.websocket;

import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A WebSocket that this process dials, carrying binary messages whose borders mean nothing. */
public final class ClientWebSocket implements Transport {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long FAREWELL_MILLIS = 2000;
    private static final int MAX_BODY = 64 * 1024;

    private final WebSocket socket;
    private final Inbox inbox;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable CompletableFuture<WebSocket> sending;

    private ClientWebSocket(WebSocket socket, Inbox inbox) {
        this.socket = socket;
        this.inbox = inbox;
    }

    /** As {@link #connect(HttpClient, URI, Map, Duration)}, within 15 seconds. */
    public static Transport connect(HttpClient client, URI uri, Map<String, String> headers) throws IOException {
        return connect(client, uri, headers, PATIENCE);
    }

    /**
     * Connects and waits until the WebSocket is open.
     *
     * @param uri with the scheme ws, wss, http or https
     * @param headers sent with the upgrade request
     * @throws WebSocketRefusedException when the server answers with an HTTP status instead of upgrading
     * @throws IOException when the server cannot be reached, or not in time
     */
    public static Transport connect(HttpClient client, URI uri, Map<String, String> headers, Duration timeout)
            throws IOException {
        var inbox = new Inbox();
        var builder = client.newWebSocketBuilder().connectTimeout(timeout);
        headers.forEach(builder::header);
        var opening = builder.buildAsync(webSocketUri(uri), inbox);
        try {
            return new ClientWebSocket(opening.get(timeout.toMillis(), TimeUnit.MILLISECONDS), inbox);
        } catch (ExecutionException e) {
            throw explain(uri, e.getCause() != null ? e.getCause() : e);
        } catch (TimeoutException e) {
            abandon(opening);
            throw new IOException(uri.getRawAuthority() + " did not answer within " + timeout.toMillis() + " ms.", e);
        } catch (InterruptedException e) {
            abandon(opening);
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("Interrupted while connecting.");
            stopped.initCause(e);
            throw stopped;
        }
    }

    private static void abandon(CompletableFuture<WebSocket> opening) {
        var unused = opening.thenAccept(WebSocket::abort);
    }

    private static URI webSocketUri(URI uri) {
        var scheme = String.valueOf(uri.getScheme());
        return switch (scheme) {
            case "ws", "wss" -> uri;
            case "http", "https" -> URI.create("ws" + uri.toString().substring("http".length()));
            default -> throw new IllegalArgumentException("No WebSocket address: scheme " + scheme + ".");
        };
    }

    private static IOException explain(URI uri, Throwable cause) {
        if (cause instanceof WebSocketHandshakeException refused) {
            var response = refused.getResponse();
            if (response != null && response.statusCode() != 101) {
                var body = response.body() instanceof String text ? text : "";
                return new WebSocketRefusedException(
                        response.statusCode(), body.substring(0, Math.min(body.length(), MAX_BODY)), cause);
            }
        }
        var detail = cause.getMessage() != null
                ? cause.getMessage()
                : cause.getClass().getSimpleName();
        return new IOException("Cannot connect to " + uri.getRawAuthority() + ": " + detail, cause);
    }

    @Override
    public void write(ByteBuffer chunk) throws IOException {
        if (closed.get()) {
            throw new IOException("The connection is closed.");
        }
        var future = socket.sendBinary(chunk, true);
        sending = future;
        // Closing completes the future by hand; whoever closes before the line above is seen here.
        if (closed.get()) {
            future.completeExceptionally(new IOException("The connection is closed."));
        }
        try {
            future.get();
        } catch (ExecutionException e) {
            var cause = e.getCause() != null ? e.getCause() : e;
            throw new IOException("Sending failed: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            close(); // the message may be half sent, nothing can follow it
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("Interrupted while sending.");
            stopped.initCause(e);
            throw stopped;
        }
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        return inbox.take();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        inbox.close();
        var unsent = sending;
        if (unsent != null) {
            unsent.completeExceptionally(new IOException("The connection is closed."));
        }
        Thread.ofVirtual().name("websocket-farewell").start(this::farewell);
    }

    /** Says good-bye as the protocol asks, to a peer that may not listen. */
    private void farewell() {
        try {
            var unused = socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
            inbox.awaitOver(FAREWELL_MILLIS);
        } catch (ExecutionException | TimeoutException e) {
            // nothing to be done for a connection that is broken already
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            socket.abort();
        }
    }
}
