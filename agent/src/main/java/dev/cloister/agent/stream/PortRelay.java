package dev.cloister.agent.stream;

import dev.cloister.tunnel.EventStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves bytes between a stream and a socket on the threads that bring them: what the stream brings goes to the socket on
 * the thread that read it, what the socket brings to the stream on the one that waits for sockets. The end of one
 * direction is passed on, a failure ends both. Nothing but what the other side does not take yet is held.
 */
final class PortRelay implements SocketLoop.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(PortRelay.class);
    private static final int CHUNK = 32 * 1024;
    private static final int MOST_AT_ONCE = 16;

    private final EventStream stream;
    private final SocketChannel socket;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger directions = new AtomicInteger(2);
    private @Nullable SocketLoop loop;
    private @Nullable SelectionKey key;

    /** How many times there was reason to look at what the stream brings since nobody does; its holder has the rest. */
    private final AtomicInteger reasons = new AtomicInteger();

    private @Nullable ByteBuffer forSocket;
    private boolean socketDone;
    private volatile boolean socketTakes = true;

    /** What the socket has brought and the stream does not take yet; of the loop's thread alone. */
    private @Nullable ByteBuffer forStream;

    private volatile boolean streamFull;

    PortRelay(EventStream stream, SocketChannel socket) {
        this.stream = stream;
        this.socket = socket;
    }

    /** Returns when both directions have ended; both sides are closed then. */
    void run(SocketLoop watching) throws IOException, InterruptedException {
        try {
            loop = watching;
            key = watching.watch(socket, this);
            stream.onWritable(this::streamTakesMore);
            stream.onReadable(this::moveToSocket);
            want(SelectionKey.OP_READ);
            moveToSocket();
            over.await();
        } finally {
            stream.close();
            watching.close(socket);
        }
    }

    private SelectionKey key() {
        return Objects.requireNonNull(key);
    }

    private void want(int operation) {
        try {
            key().interestOpsOr(operation);
            key().selector().wakeup();
        } catch (CancelledKeyException _) {
            fail();
        }
    }

    private void later(Runnable task) {
        Objects.requireNonNull(loop).execute(key(), task);
    }

    private void moveToSocket() {
        if (reasons.getAndIncrement() == 0) {
            moveToSocketAgain();
        }
        // otherwise whoever is at it goes on
    }

    private void moveToSocketAgain() {
        int moved = 0;
        int seen = 1;
        do {
            try {
                while (!socketDone && socketTakes && moveOneToSocket()) {
                    if (++moved == MOST_AT_ONCE) {
                        later(this::moveToSocketAgain); // others get their turn
                        return;
                    }
                }
            } catch (IOException e) {
                socketDone = true;
                fail();
            }
            seen = reasons.addAndGet(-seen);
        } while (seen > 0);
    }

    /** Whether there may be more to move. */
    private boolean moveOneToSocket() throws IOException {
        var chunk = forSocket;
        if (chunk == null) {
            var bytes = new byte[Math.clamp(stream.input().available(), 1, CHUNK)];
            int count = stream.readNow(bytes, 0, bytes.length);
            if (count < 0) {
                socketDone = true;
                socket.shutdownOutput();
                directionEnds();
            }
            if (count <= 0) {
                return false;
            }
            chunk = ByteBuffer.wrap(bytes, 0, count);
        }
        socket.write(chunk);
        forSocket = chunk.hasRemaining() ? chunk : null;
        if (forSocket != null) {
            socketTakes = false;
            want(SelectionKey.OP_WRITE);
        }
        return true;
    }

    @Override
    public void ready(int operations, ByteBuffer buffer) {
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            key().interestOpsAnd(~SelectionKey.OP_WRITE);
            socketTakes = true;
            moveToSocket();
        }
        if ((operations & SelectionKey.OP_READ) != 0) {
            try {
                moveToStream(buffer);
            } catch (IOException e) {
                fail();
            }
        }
    }

    private void moveToStream(ByteBuffer buffer) throws IOException {
        int count = socket.read(buffer);
        if (count < 0) {
            key().interestOpsAnd(~SelectionKey.OP_READ);
            stream.closeOutput();
            directionEnds();
            return;
        }
        buffer.flip();
        if (!giveToStream(buffer)) {
            key().interestOpsAnd(~SelectionKey.OP_READ);
            forStream = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
        }
    }

    /** Whether all of it was taken; where not, {@link #streamTakesMore} follows. */
    private boolean giveToStream(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            streamFull = true; // before, since room may come at once
            if (stream.writeNow(bytes) == 0) {
                return false;
            }
        }
        streamFull = false;
        return true;
    }

    private void streamTakesMore() {
        if (streamFull) {
            later(this::giveRest);
        }
    }

    private void giveRest() {
        var rest = forStream;
        if (rest == null) {
            return;
        }
        try {
            if (giveToStream(rest)) {
                forStream = null;
                want(SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            fail();
        }
    }

    private void directionEnds() {
        if (directions.decrementAndGet() == 0) {
            over.countDown();
        }
    }

    private void fail() {
        stream.reset();
        over.countDown();
    }

    @Override
    public void failed(RuntimeException cause) {
        LOG.error("a connection to a port failed", cause);
        fail();
    }
}
