package dev.cloister.tunnel.mux;

import dev.cloister.tunnel.Link;
import dev.cloister.tunnel.ThreadedLink;
import dev.cloister.tunnel.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Many {@link MuxStream}s over one {@link Link}. Both sides open and accept; "client" and "server" only say whose stream
 * numbers are odd. The session owns the link and closes it. It reads on the link's thread and sends on those of its
 * users; one virtual thread pings.
 */
public final class MuxSession implements Closeable {
    private static final System.Logger LOG = System.getLogger(MuxSession.class.getName());
    private static final BlockPool RECEIVE_BLOCKS = new BlockPool(16 * 1024, 512);
    private static final BlockPool SEND_BLOCKS = new BlockPool(FrameWriter.MAX_PAYLOAD + Header.SIZE, 64);

    /** How long queued data and the farewell may take once the session is being closed. */
    private static final Duration LAST_WORDS = Duration.ofMillis(500);

    private final Link link;
    private final StreamTable streams;
    private final FrameWriter writer;
    private final FrameReader reader;
    private final KeepAlive keepAlive;
    private final Budget budget;
    private final Object state = new Object();
    private final List<Runnable> listeners = new ArrayList<>();
    private @Nullable IOException cause;
    private boolean ended;

    private MuxSession(Link link, MuxSettings settings, boolean client) {
        this.link = link;
        this.budget = new Budget(settings.maxBuffered());
        this.streams = new StreamTable(settings, client, id -> newStream(id, settings));
        this.writer = new FrameWriter(link, SEND_BLOCKS, failure -> end(failure, Header.NORMAL));
        this.reader = new FrameReader(this, settings);
        this.keepAlive = new KeepAlive(this, settings);
    }

    /** A session in the role of the client over a transport that nobody else uses. */
    public static MuxSession client(Transport transport, MuxSettings settings) {
        return client(new ThreadedLink(transport), settings);
    }

    /** A session in the role of the client over a link that nobody else uses. */
    public static MuxSession client(Link link, MuxSettings settings) {
        return new MuxSession(link, settings, true).start();
    }

    /** A session in the role of the server over a transport that nobody else uses. */
    public static MuxSession server(Transport transport, MuxSettings settings) {
        return server(new ThreadedLink(transport), settings);
    }

    /** A session in the role of the server over a link that nobody else uses. */
    public static MuxSession server(Link link, MuxSettings settings) {
        return new MuxSession(link, settings, false).start();
    }

    private MuxSession start() {
        link.start(new Events());
        Thread.ofVirtual().name("mux-keepalive").start(() -> guard(keepAlive::run));
        return this;
    }

    /**
     * Opens a stream. It may be written to at once, before the peer accepts; waits only while the peer has a whole
     * backlog of ours to accept.
     *
     * @throws IOException when the session has ended or the peer accepts no more
     */
    public MuxStream open() throws IOException {
        var stream = streams.open();
        stream.announce(Header.SYN);
        return stream;
    }

    /**
     * Waits for the peer to open a stream.
     *
     * @throws IOException when the session has ended
     */
    public MuxStream accept() throws IOException {
        var stream = streams.accept();
        stream.announce(Header.ACK);
        return stream;
    }

    /** Runs {@code listener} once, on a thread of its own, when the session has ended; at once if it has already. */
    public void onClose(Runnable listener) {
        synchronized (state) {
            if (!ended) {
                listeners.add(listener);
                return;
            }
        }
        Thread.ofVirtual().name("mux-closed").start(listener);
    }

    public boolean isClosed() {
        synchronized (state) {
            return ended;
        }
    }

    /** Why the session ended; empty while it lives and when {@link #close} ended it. */
    public Optional<IOException> closeCause() {
        synchronized (state) {
            return Optional.ofNullable(cause);
        }
    }

    /** How many streams are open, the closed ones whose peer has not finished included. */
    public int streamCount() {
        return streams.count();
    }

    /** Measures the time to the peer and back; fails when no answer comes within the keep-alive time-out. */
    public Duration ping() throws IOException {
        return keepAlive.ping();
    }

    /**
     * Ends the session and all its streams: blocked reads and writes fail at once, what was written is still sent as
     * far as half a second allows, and the transport is closed. Does not wait.
     */
    @Override
    public void close() {
        end(null, Header.NORMAL);
    }

    /** What the link tells. */
    private final class Events implements Link.Receiver {
        @Override
        public void received(ByteBuffer chunk) {
            guard(() -> reader.received(chunk));
            // What follows a protocol violation is of no interest.
            chunk.position(chunk.limit());
        }

        @Override
        public void writable() {
            writer.writable();
        }

        @Override
        public void ended(@Nullable IOException failure) {
            guard(() -> {
                if (failure != null) {
                    throw failure;
                }
                reader.ended();
                throw new MuxException("The peer ended the connection.");
            });
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException, ProtocolViolation;
    }

    private void guard(Work work) {
        try {
            work.run();
        } catch (ProtocolViolation e) {
            end(new MuxException("Protocol violation: " + e.getMessage() + ".", e), Header.PROTOCOL_ERROR);
        } catch (IOException e) {
            end(e, Header.NORMAL);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "A multiplexed session failed.", e);
            end(new MuxException("The session failed.", e), Header.INTERNAL_ERROR);
        }
    }

    private void end(@Nullable IOException failure, int code) {
        synchronized (state) {
            if (ended) {
                return;
            }
            ended = true;
            cause = failure;
        }
        streams.end(failure != null ? failure : new MuxException("The session is closed."));
        keepAlive.end();
        writer.end(code, failure == null);
        Thread.ofVirtual().name("mux-end").start(this::finish);
    }

    private void finish() {
        try {
            writer.awaitEnd(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        link.close();
        List<Runnable> waiting;
        synchronized (state) {
            waiting = List.copyOf(listeners);
        }
        for (var listener : waiting) {
            Thread.ofVirtual().name("mux-closed").start(listener);
        }
    }

    void peerGoesAway(long code) throws ProtocolViolation {
        if (code == Header.NORMAL) {
            streams.peerGoesAway();
            return;
        }
        end(
                new MuxException(
                        code == Header.PROTOCOL_ERROR
                                ? "The peer reports a protocol violation."
                                : "The peer failed (code " + code + ")."),
                Header.NORMAL);
    }

    private MuxStream newStream(int id, MuxSettings settings) {
        return new MuxStream(
                id, this, new Inbound(RECEIVE_BLOCKS, budget, settings.receiveWindow()), new Outbound(SEND_BLOCKS));
    }

    StreamTable streams() {
        return streams;
    }

    FrameWriter writer() {
        return writer;
    }

    KeepAlive keepAlive() {
        return keepAlive;
    }

    long received() {
        return reader.chunks();
    }
}
