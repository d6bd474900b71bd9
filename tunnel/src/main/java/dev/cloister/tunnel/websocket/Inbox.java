package dev.cloister.tunnel.websocket;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived on a WebSocket. A few buffers are asked for in advance, and another only when one has been read, so
 * a slow reader slows the sender down through TCP instead of filling memory here.
 */
final class Inbox implements WebSocket.Listener {
    private static final int BUFFERS_AHEAD = 4;
    private static final int NORMAL_CLOSURE = 1000;
    private static final int GOING_AWAY = 1001;

    private record Arrived(ByteBuffer data, CompletableFuture<Void> read) {}

    private final ArrayDeque<Arrived> arrived = new ArrayDeque<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable WebSocket socket;
    private @Nullable Arrived lent;
    private @Nullable IOException failure;
    private boolean ended;

    @Override
    public synchronized void onOpen(WebSocket webSocket) {
        socket = webSocket;
        webSocket.request(BUFFERS_AHEAD);
    }

    @Override
    public synchronized @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        if (ended || failure != null || !data.hasRemaining()) {
            webSocket.request(1);
            return null;
        }
        var next = new Arrived(data, new CompletableFuture<>());
        arrived.add(next);
        notifyAll();
        return next.read();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        fail(new IOException("The server sent a text message where only binary ones are expected."));
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
        webSocket.request(1); // the client answers by itself
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        if (statusCode == NORMAL_CLOSURE || statusCode == GOING_AWAY) {
            end();
        } else {
            fail(new IOException("The server closed the connection with status " + statusCode
                    + (reason.isEmpty() ? "." : ": " + reason)));
        }
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        fail(new IOException("The connection failed: " + error.getMessage(), error));
    }

    synchronized @Nullable ByteBuffer take() throws IOException {
        if (lent != null) {
            lent.read().complete(null);
            lent = null;
            if (socket != null) {
                socket.request(1);
            }
        }
        while (arrived.isEmpty() && failure == null && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while reading.", e);
            }
        }
        lent = arrived.poll();
        if (lent != null) {
            return lent.data();
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        return null;
    }

    private synchronized void end() {
        ended = true;
        over.countDown();
        notifyAll();
    }

    /** Reading fails from now on, after what has arrived. */
    synchronized void fail(IOException cause) {
        if (failure == null && !ended) {
            failure = cause;
        }
        over.countDown();
        notifyAll();
    }

    /** Reading fails from now on. */
    synchronized void close() {
        arrived.clear();
        if (failure == null) {
            failure = new IOException("The connection is closed.");
        }
        notifyAll();
    }

    /** Waits for the peer's end of the connection. */
    void awaitOver(long millis) throws InterruptedException {
        over.await(millis, TimeUnit.MILLISECONDS);
    }
}
