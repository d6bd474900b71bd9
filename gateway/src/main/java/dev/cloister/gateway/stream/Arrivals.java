package dev.cloister.gateway.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.eclipse.jetty.websocket.api.Callback;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived on a WebSocket and is not yet read. Jetty is asked for one more piece only while there is room, so
 * that a slow reader slows the sender down through TCP instead of filling memory.
 */
final class Arrivals {
    private static final int PIECES_AHEAD = 2;

    private record Piece(ByteBuffer bytes, Callback release) {}

    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private Runnable demand = () -> {};
    private @Nullable Piece lent;
    private @Nullable IOException failure;
    private boolean demanded;
    private boolean ended;

    void open(Runnable demandOne) {
        synchronized (this) {
            demand = demandOne;
        }
        demandIfRoom();
    }

    void add(ByteBuffer bytes, Callback release) {
        boolean wanted;
        synchronized (this) {
            demanded = false;
            wanted = !ended && bytes.hasRemaining();
            if (wanted) {
                pieces.add(new Piece(bytes, release));
                notifyAll();
            }
        }
        if (!wanted) {
            release.succeed();
        }
        demandIfRoom();
    }

    /** An event came that is no data; it has used up the demand. */
    void nothing() {
        synchronized (this) {
            demanded = false;
        }
        demandIfRoom();
    }

    /** Whether the peer could be heard now if it said something. */
    synchronized boolean isHungry() {
        return demanded;
    }

    @Nullable
    ByteBuffer take() throws IOException {
        releaseLent();
        demandIfRoom();
        synchronized (this) {
            while (pieces.isEmpty() && !ended) {
                pause();
            }
            lent = pieces.poll();
            if (lent != null) {
                return lent.bytes();
            }
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            return null;
        }
    }

    private void pause() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while reading.", e);
        }
    }

    private void releaseLent() {
        Piece read;
        synchronized (this) {
            read = lent;
            lent = null;
        }
        if (read != null) {
            read.release().succeed();
        }
    }

    private void demandIfRoom() {
        Runnable ask;
        synchronized (this) {
            if (demanded || ended || pieces.size() >= PIECES_AHEAD) {
                return;
            }
            demanded = true;
            ask = demand;
        }
        // Outside the lock: Jetty may deliver the next piece on this very thread.
        ask.run();
    }

    /** Nothing more will come; what has arrived can still be read. */
    synchronized void end(@Nullable IOException cause) {
        if (!ended) {
            ended = true;
            failure = cause;
            notifyAll();
        }
    }

    /** Nobody will read any more; a blocked reader fails. */
    void abandon() {
        ArrayDeque<Piece> unread;
        synchronized (this) {
            unread = new ArrayDeque<>(pieces);
            pieces.clear();
            ended = true;
            if (failure == null) {
                failure = new IOException("The WebSocket is closed.");
            }
            notifyAll();
        }
        unread.forEach(piece -> piece.release().succeed());
    }
}
