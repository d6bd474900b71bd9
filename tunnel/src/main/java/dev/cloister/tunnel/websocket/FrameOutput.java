package dev.cloister.tunnel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way out of one connection. A frame that the connection takes at once is gone when its sender returns;
 * others wait here, as many as senders that keep to the rules can have: one of data, and a few that are short.
 */
final class FrameOutput {
    private static final int MOST_WAITING = 16;

    private final WebSocketLink.Connection connection;
    private final Consumer<Boolean> drained;
    private final @Nullable Random mask;
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
    /** Somebody writes, or the connection does by itself. */
    private boolean writing;

    /** Whoever sends data was told to wait, and is owed the news that all has gone. */
    private boolean owed;

    private boolean closing;
    private @Nullable IOException failure;
    /** Since when the connection has been writing by itself, by {@link System#nanoTime}; zero: it does not. */
    private volatile long since;

    /**
     * @param drained runs when nothing waits any more, on the thread that finds it so; true: {@link #data} has said
     *     before that something does
     * @param mask makes the keys of a client's frames; null for a server
     */
    FrameOutput(WebSocketLink.Connection connection, Consumer<Boolean> drained, @Nullable Random mask) {
        this.connection = connection;
        this.drained = drained;
        this.mask = mask;
    }

    /** How long nothing that was sent has been taken by the connection, in nanoseconds. */
    long stalledFor() {
        long begun = since;
        return begun == 0 ? 0 : System.nanoTime() - begun;
    }

    /** Whether everything has gone; what has not may wait for a frame of somebody else, who then says so. */
    boolean data(ByteBuffer chunk) throws IOException {
        do {
            int count = Math.min(chunk.remaining(), DirectBuffers.PAYLOAD);
            put(frame(Frames.BINARY, chunk.slice(chunk.position(), count)), false);
            chunk.position(chunk.position() + count);
        } while (chunk.hasRemaining());
        synchronized (this) {
            owed = writing;
            return !owed;
        }
    }

    /** A frame between those of data; none where too many wait already, as for one who asks and does not listen. */
    void control(int opcode, ByteBuffer payload) throws IOException {
        synchronized (this) {
            if (opcode != Frames.CLOSE && waiting.size() >= MOST_WAITING) {
                return;
            }
        }
        put(frame(opcode, payload), opcode == Frames.CLOSE);
    }

    private ByteBuffer frame(int opcode, ByteBuffer payload) {
        int length = payload.remaining();
        int flag = mask == null ? 0 : Frames.MASKED;
        var frame = DirectBuffers.take().put((byte) (Frames.FINAL | opcode));
        if (length < Frames.LENGTH_16) {
            frame.put((byte) (flag | length));
        } else if (length < 1 << Short.SIZE) {
            frame.put((byte) (flag | Frames.LENGTH_16)).putShort((short) length);
        } else {
            frame.put((byte) (flag | Frames.LENGTH_64)).putLong(length);
        }
        if (mask == null) {
            return frame.put(payload).flip();
        }
        int key = mask.nextInt();
        frame.putInt(key);
        int start = frame.position();
        frame.put(payload).flip();
        Frames.mask(frame, start, key);
        return frame;
    }

    private void put(ByteBuffer frame, boolean last) throws IOException {
        synchronized (this) {
            if (failure != null || closing) {
                DirectBuffers.give(frame);
                throw failure != null
                        ? new IOException(failure.getMessage(), failure)
                        : new IOException("The WebSocket is closed.");
            }
            closing = last;
            if (writing) {
                waiting.add(frame);
                return;
            }
            writing = true;
        }
        write(frame);
    }

    private void write(ByteBuffer first) throws IOException {
        for (var frame = first; frame != null; frame = next()) {
            boolean gone;
            try {
                gone = connection.flush(frame);
            } catch (IOException e) {
                fail(e);
                throw e;
            }
            if (!gone) {
                since = System.nanoTime() | 1;
                connection.flushLater(frame);
                return;
            }
            DirectBuffers.give(frame);
        }
    }

    /** The next frame, or null where none waits, which is told outside the lock. */
    private @Nullable ByteBuffer next() {
        boolean wasOwed;
        synchronized (this) {
            var frame = waiting.poll();
            if (frame != null) {
                return frame;
            }
            writing = false;
            wasOwed = owed;
            owed = false;
        }
        drained.accept(wasOwed);
        return null;
    }

    /** The connection has written what it was given. */
    void flushed(ByteBuffer frame) throws IOException {
        since = 0;
        DirectBuffers.give(frame);
        var next = next();
        if (next != null) {
            write(next);
        }
    }

    /** Everything that is sent from now on fails, and what waits is dropped. */
    synchronized void fail(IOException cause) {
        if (failure == null) {
            failure = cause;
        }
        waiting.clear();
    }

    /** Whether the frame that closes, and all before it, has gone. */
    synchronized boolean isDone() {
        return failure != null || (closing && !writing);
    }
}
