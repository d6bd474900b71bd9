package dev.cloister.tunnel.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A connection in memory that takes and gives as much at a time as chance has it; each end has a thread for events. */
final class ChancePipe implements AutoCloseable {
    private final Random random;
    private final End client;
    private final End server;
    private final WebSocketLink clientLink;
    private final WebSocketLink serverLink;
    private volatile boolean closed;

    /** @param capacity bytes that each direction holds */
    ChancePipe(long seed, int capacity) {
        this.random = new Random(seed);
        this.client = new End(capacity);
        this.server = new End(capacity);
        this.clientLink = WebSocketLink.client(client, new Random(seed));
        this.serverLink = WebSocketLink.server(server);
        client.meet(server, clientLink);
        server.meet(client, serverLink);
    }

    WebSocketLink client() {
        return clientLink;
    }

    WebSocketLink server() {
        return serverLink;
    }

    /** Bytes that have passed, both ways together. */
    long passed() {
        return client.taken.get() + server.taken.get();
    }

    /** Breaks the connection as a dead peer does, and ends the threads. */
    @Override
    public void close() {
        closed = true;
        client.fail();
        server.fail();
        client.thread.shutdown();
        server.thread.shutdown();
    }

    private int chance(int most) {
        synchronized (random) {
            return random.nextInt(4) == 0 ? 1 + random.nextInt(Math.min(most, 16)) : 1 + random.nextInt(most);
        }
    }

    private final class End implements WebSocketLink.Connection {
        private final ExecutorService thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("chance-pipe").factory());
        private final ByteBuffer arrived;
        private final AtomicBoolean waiting = new AtomicBoolean();
        private final AtomicLong taken = new AtomicLong();
        private @Nullable End other;
        private @Nullable WebSocketLink link;
        private volatile @Nullable ByteBuffer later;

        End(int capacity) {
            arrived = ByteBuffer.allocate(capacity);
        }

        void meet(End peer, WebSocketLink over) {
            other = peer;
            link = over;
        }

        private End other() {
            return Objects.requireNonNull(other);
        }

        private WebSocketLink link() {
            return Objects.requireNonNull(link);
        }

        private void execute(Runnable event) {
            try {
                thread.execute(event);
            } catch (RejectedExecutionException _) {
                // It is over.
            }
        }

        @Override
        public int fill(ByteBuffer into) throws IOException {
            int count;
            synchronized (arrived) {
                if (arrived.position() == 0) {
                    return closed ? -1 : 0;
                }
                count = Math.min(into.remaining(), chance(arrived.position()));
                arrived.flip();
                into.put(arrived.slice(0, count));
                arrived.position(count).compact();
            }
            taken.addAndGet(count);
            other().execute(other()::flushRest);
            return count;
        }

        @Override
        public boolean flush(ByteBuffer from) throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            var to = other();
            synchronized (to.arrived) {
                int room = to.arrived.remaining();
                if (room > 0 && from.hasRemaining()) {
                    int count = Math.min(from.remaining(), chance(room));
                    to.arrived.put(from.slice(from.position(), count));
                    from.position(from.position() + count);
                }
            }
            to.tellReader();
            return !from.hasRemaining();
        }

        @Override
        public void flushLater(ByteBuffer from) {
            later = from;
            execute(this::flushRest);
        }

        private void flushRest() {
            var rest = later;
            if (rest == null) {
                return;
            }
            try {
                int before = rest.remaining();
                if (flush(rest)) {
                    later = null;
                    link().flushed(rest);
                } else if (rest.remaining() < before) {
                    execute(this::flushRest); // there may be more room than chance gave
                }
            } catch (IOException e) {
                link().broken(e);
            }
        }

        @Override
        public void awaitReadable() {
            waiting.set(true);
            synchronized (arrived) {
                if (arrived.position() == 0 && !closed) {
                    return;
                }
            }
            tellReader();
        }

        private void tellReader() {
            if (waiting.compareAndSet(true, false)) {
                execute(link()::readable);
            }
        }

        void fail() {
            execute(() -> link().broken(new ClosedChannelException()));
        }

        @Override
        public void close() {
            ChancePipe.this.close();
        }
    }
}
