package dev.cloister.server.platform.sql;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.SocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the sockets of the connections to PostgreSQL, whose reads fail once they have waited for a minute: the database
 * or the way to it is gone. One thread looks at all of them every few seconds; a time limit for each read would have the
 * JDK set a timer, and wake its thread, at every round trip of every request.
 */
public final class WatchedSockets extends SocketFactory {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedSockets.class);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Watch watch;

    /** As the driver makes it, by its name. */
    public WatchedSockets() {
        this(Watch.OF_ALL);
    }

    private WatchedSockets(Watch watch) {
        this.watch = watch;
    }

    /** With other times. */
    static WatchedSockets lookingEvery(Duration look, Duration longest) {
        return new WatchedSockets(new Watch(look, longest));
    }

    @Override
    public Socket createSocket() {
        var socket = new Watched(watch);
        watch.add(socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw unconnectedOnly();
    }

    private static UnsupportedOperationException unconnectedOnly() {
        return new UnsupportedOperationException("the driver connects its sockets itself");
    }

    /** The sockets that are open. Its thread lives as long as there are any. */
    private static final class Watch {
        static final Watch OF_ALL = new Watch(LOOK, LONGEST);

        private final Set<Watched> open = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean runs = new AtomicBoolean();
        private final Duration look;
        private final Duration longest;

        Watch(Duration look, Duration longest) {
            this.look = look;
            this.longest = longest;
        }

        void add(Watched socket) {
            open.add(socket);
            if (runs.compareAndSet(false, true)) {
                Thread.ofVirtual().name("database-sockets").start(this::run);
            }
        }

        private void run() {
            try {
                while (!open.isEmpty()) {
                    Thread.sleep(look);
                    long now = System.nanoTime();
                    open.removeIf(Socket::isClosed);
                    open.stream()
                            .filter(socket -> socket.hasWaited(now, longest))
                            .forEach(Watch::close);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                runs.set(false);
            }
            if (!open.isEmpty()) {
                open.stream().findAny().ifPresent(this::add); // one that came between the look and the end
            }
        }

        private static void close(Watched socket) {
            LOG.warn("the database has not answered for long; its connection is closed");
            try {
                socket.close();
            } catch (IOException e) {
                LOG.debug("a socket did not close: {}", e.getMessage());
            }
        }
    }

    /** A socket that knows since when somebody waits for it. */
    private static final class Watched extends Socket {
        private static final long AT_REST = Long.MIN_VALUE;

        private final Watch watch;
        private volatile long waitsSince = AT_REST;

        Watched(Watch watch) {
            this.watch = watch;
        }

        boolean hasWaited(long now, Duration longest) {
            long since = waitsSince;
            return since != AT_REST && now - since > longest.toNanos();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    waitsSince = System.nanoTime();
                    try {
                        return in.read();
                    } finally {
                        waitsSince = AT_REST;
                    }
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    waitsSince = System.nanoTime();
                    try {
                        return in.read(bytes, offset, length);
                    } finally {
                        waitsSince = AT_REST;
                    }
                }
            };
        }

        @Override
        public synchronized void close() throws IOException {
            watch.open.remove(this);
            super.close();
        }
    }
}
