package dev.cloister.tunnel.mux;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Pings, and the periodic look at what has waited too long. */
final class KeepAlive {
    private static final Duration PERIOD_WITHOUT_PINGS = Duration.ofSeconds(30);

    private final MuxSession session;
    private final MuxSettings settings;
    private final AtomicInteger nextValue = new AtomicInteger();
    private final Map<Integer, Waiting> pings = new ConcurrentHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    KeepAlive(MuxSession session, MuxSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    /** Sends a ping and waits for its answer. */
    Duration ping() throws IOException {
        int value = nextValue.getAndIncrement();
        var waiting = new Waiting();
        pings.put(value, waiting);
        try {
            if (ended.getCount() == 0) {
                throw new MuxException("The session has ended.");
            }
            session.writer().sessionFrame(Header.PING, Header.SYN, 0, value);
            boolean answered = waiting.await(settings.keepAliveTimeout());
            if (ended.getCount() == 0) {
                throw new MuxException("The session ended during a ping.");
            }
            if (!answered) {
                throw new MuxException("The peer did not answer a ping within "
                        + settings.keepAliveTimeout().toMillis() + " ms.");
            }
            return waiting.roundTrip();
        } catch (ProtocolViolation e) {
            throw new MuxException("The connection is stuck.", e);
        } finally {
            pings.remove(value);
        }
    }

    void answered(int value) {
        var waiting = pings.get(value);
        if (waiting != null) {
            waiting.answer();
        }
    }

    /** Runs until {@link #end}; a peer that shows no sign of life ends the session. */
    void run() throws IOException {
        boolean pinging = settings.keepAliveInterval().isPositive();
        var period = pinging ? settings.keepAliveInterval() : PERIOD_WITHOUT_PINGS;
        try {
            while (!ended.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
                session.streams().overdue().forEach(stream -> stream.abort("The peer took too long."));
                if (pinging) {
                    check();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts this thread.", e);
        }
    }

    private void check() throws IOException {
        long before = session.received();
        try {
            ping();
        } catch (MuxException e) {
            // An answer may wait behind much data on a slow line: anything that arrives shows that the peer lives.
            if (ended.getCount() > 0 && session.received() == before) {
                throw e;
            }
        }
    }

    void end() {
        ended.countDown();
        pings.values().forEach(Waiting::answer);
    }

    private static final class Waiting {
        private final CountDownLatch latch = new CountDownLatch(1);
        private final long sentAt = System.nanoTime();
        private volatile long answeredAt;

        boolean await(Duration limit) throws IOException {
            try {
                return latch.await(limit.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                var stopped = new InterruptedIOException("Interrupted while waiting for a ping's answer.");
                stopped.initCause(e);
                throw stopped;
            }
        }

        void answer() {
            answeredAt = System.nanoTime();
            latch.countDown();
        }

        Duration roundTrip() {
            return Duration.ofNanos(answeredAt - sentAt);
        }
    }
}
