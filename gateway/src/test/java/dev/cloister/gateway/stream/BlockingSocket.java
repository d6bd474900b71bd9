package dev.cloister.gateway.stream;

import dev.cloister.tunnel.Link;
import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A socket as a test wants it: reading and writing wait. */
final class BlockingSocket implements Transport, Link.Receiver {
    private final EdgeSocket socket;
    private @Nullable ByteBuffer given;
    private @Nullable IOException failure;
    private boolean writable = true;
    private boolean ended;

    BlockingSocket(EdgeSocket socket) {
        this.socket = socket;
        socket.start(this);
    }

    @Override
    public synchronized void received(ByteBuffer chunk) {
        if (given == null) {
            given = ByteBuffer.allocate(chunk.remaining()).put(chunk).flip();
            notifyAll();
        }
    }

    @Override
    public synchronized void writable() {
        writable = true;
        notifyAll();
    }

    @Override
    public synchronized void ended(@Nullable IOException cause) {
        ended = true;
        failure = cause;
        notifyAll();
    }

    @Override
    public void write(ByteBuffer chunk) throws IOException {
        synchronized (this) {
            writable = false;
        }
        if (socket.send(chunk)) {
            writable();
        }
        synchronized (this) {
            while (!writable && !ended) {
                pause();
            }
            if (!writable || (ended && failure != null)) {
                throw failure == null ? new IOException("ended") : new IOException(failure.getMessage(), failure);
            }
        }
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        ByteBuffer next;
        synchronized (this) {
            while (given == null && !ended) {
                pause();
            }
            next = given;
            given = null;
            if (next == null && failure != null) {
                throw failure;
            }
        }
        if (next != null) {
            socket.resume();
        }
        return next;
    }

    private void pause() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    void cut(int status, String reason) {
        socket.cut(status, reason);
    }

    @Override
    public void close() {
        socket.close();
    }
}
