package dev.cloister.server.audit.sink;

import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.audit.log.LogFeed;
import dev.cloister.server.audit.log.PlacedEvent;
import dev.cloister.server.audit.sink.format.CopiedEvent;
import dev.cloister.server.audit.sink.transport.Limits;
import dev.cloister.server.audit.sink.transport.NotDeliveredException;
import dev.cloister.server.audit.sink.transport.Transport;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.platform.sql.Wakeup;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what comes after the cursor of one sink, as long as this process has the lease of it. The cursor moves on only
 * when the receiver has taken a batch, so that nothing is lost and a batch may come twice. Writers never wait for it.
 */
final class SinkShipper implements AutoCloseable {
    private static final Caller.Job JOB = new Caller.Job("audit copies", Set.of(), Origin.internal());
    private static final Duration GENTLE = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(SinkShipper.class);

    private final UUID id;
    private final UUID holder = UUID.randomUUID();
    private final Shared shared;
    private final Wakeup wakeup;
    private final Thread thread;
    private volatile boolean changed;
    private volatile boolean ending;
    private @Nullable Lease lease;
    private @Nullable Transport transport;
    private int most = Integer.MAX_VALUE;
    private boolean bare;

    /** What all shippers of a process have in common. */
    record Shared(
            Transactions transactions,
            Events events,
            SinkRepository sinks,
            LogFeed feed,
            SinkTransports transports,
            Pace pace,
            Clock clock) {}

    SinkShipper(UUID id, Shared shared) {
        this.id = id;
        this.shared = shared;
        this.wakeup = Wakeup.onAny(shared.events(), Topics.AUDIT_LOG_GREW);
        this.thread = Thread.ofVirtual().name("audit-sink").start(this::run);
    }

    /** The sink is another than it was. */
    void changed() {
        changed = true;
        wakeup.wake();
    }

    private void run() {
        try {
            while (!ending) {
                try {
                    rest(round());
                } catch (Failure.Unavailable e) {
                    Thread.sleep(Duration.ofSeconds(1));
                } catch (RuntimeException e) {
                    LOG.error("copying the audit log stumbled", e);
                    forget();
                    Thread.sleep(shared.pace().look());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("a sink of the audit log is sent to no more by this process");
        } finally {
            wakeup.close();
            closeTransport();
            release();
        }
    }

    /** What to do before the next round. */
    private sealed interface Rest {
        record None() implements Rest {}

        /** Until there is more, or a time is over. */
        record UntilMore(Duration atMost) implements Rest {}

        /** Until the time is over, unless the sink is changed. */
        record Pause(Duration time) implements Rest {}
    }

    private void rest(Rest rest) throws InterruptedException {
        switch (rest) {
            case Rest.None none -> {}
            case Rest.UntilMore more -> wakeup.await(more.atMost());
            case Rest.Pause pause -> {
                long until = System.nanoTime() + pause.time().toNanos();
                for (long left = pause.time().toNanos();
                        left > 0 && !changed && !ending;
                        left = until - System.nanoTime()) {
                    wakeup.await(Duration.ofNanos(left));
                }
            }
        }
    }

    private Rest round() throws InterruptedException {
        if (changed) {
            changed = false;
            forget();
        }
        Lease held = lease();
        if (held == null) {
            return new Rest.Pause(shared.pace().look());
        }
        Limits limits;
        try {
            limits = open(held).limits();
        } catch (RuntimeException e) {
            LOG.error("the audit sink {} cannot be opened", held.sink().name(), e);
            return failed(held, Errors.shown(e), Duration.ZERO);
        }
        var events = shared.feed().read(held.cursor(), Math.min(most, limits.events()), limits.bytes());
        if (events.isEmpty()) {
            return new Rest.UntilMore(shared.pace().look());
        }
        if (events.getFirst().index() != held.cursor()) {
            return failed(held, "the events from " + held.cursor() + " on are not on the log any more", Duration.ZERO);
        }
        Duration linger = linger(events, limits);
        return linger.isPositive() ? new Rest.Pause(linger) : ship(held, events, limits);
    }

    /** How much longer to wait until a small batch is worth its cost. */
    private Duration linger(List<PlacedEvent> events, Limits limits) {
        if (limits.linger().isZero() || events.size() >= Math.min(most, limits.events())) {
            return Duration.ZERO;
        }
        var first = CopiedEvent.of("", events.getFirst());
        return Duration.between(shared.clock().instant(), first.time().plus(limits.linger()));
    }

    private Rest ship(Lease held, List<PlacedEvent> events, Limits limits) throws InterruptedException {
        try {
            var batches = new Batches(shared.feed(), held.sink().eventFormat(), limits);
            open(held).deliver(batches.of(events, bare));
        } catch (NotDeliveredException e) {
            return notDelivered(held, events.size(), e);
        }
        if (bare) {
            LOG.warn(
                    "the audit sink {} refused event {}; it was sent without its texts",
                    held.sink().name(),
                    held.cursor());
        }
        bare = false;
        most = most > limits.events() ? most : most * 2;
        advance(held, events.getLast().index() + 1);
        return new Rest.None();
    }

    /** Where something in a batch is refused, it is found by halving; an event that is refused alone is sent bare. */
    private Rest notDelivered(Lease held, int count, NotDeliveredException e) {
        if (e.isRefused() && count > 1) {
            most = count / 2;
            return new Rest.None();
        }
        if (e.isRefused() && !bare) {
            most = 1;
            bare = true;
            return new Rest.None();
        }
        return failed(held, Errors.shown(e), e.pause());
    }

    private Rest failed(Lease held, String error, Duration atLeast) {
        bare = false;
        Instant now = shared.clock().instant();
        Duration pause = shared.pace().after(held.failures());
        Duration rest = pause.compareTo(atLeast) < 0 ? atLeast : pause;
        if (held.failures() == 0) {
            LOG.warn("the audit sink {} fails: {}", held.sink().name(), error);
        }
        write(tx -> {
            shared.sinks().failed(tx, held, error, now, now.plus(rest));
            return true;
        });
        lease = null; // whoever is first when it is time
        return new Rest.Pause(rest);
    }

    private @Nullable Lease lease() {
        Instant now = shared.clock().instant();
        Lease held = lease;
        if (held != null
                && Duration.between(now, held.endsAt()).compareTo(shared.pace().forOneBatch()) > 0) {
            return held;
        }
        Optional<Lease> got = write(tx ->
                shared.sinks().lease(tx, id, holder, now, now.plus(shared.pace().lease())));
        if (got.isEmpty()) {
            forget();
            return null;
        }
        lease = got.get();
        return got.get();
    }

    private void advance(Lease held, long next) {
        Instant now = shared.clock().instant();
        Instant until = now.plus(shared.pace().lease());
        boolean moved = write(tx -> shared.sinks().advance(tx, held, next, now, until));
        if (held.failures() > 0 && moved) {
            LOG.info("the audit sink {} takes events again", held.sink().name());
        }
        lease = moved ? new Lease(holder, held.sink(), next, 0, until) : null;
    }

    private Transport open(Lease held) {
        Transport known = transport;
        if (known == null) {
            known = shared.transports().open(held.sink());
            transport = known;
        }
        return known;
    }

    /** Begins anew with what the database says. */
    private void forget() {
        lease = null;
        most = Integer.MAX_VALUE;
        bare = false;
        closeTransport();
    }

    private void closeTransport() {
        Transport open = transport;
        transport = null;
        if (open != null) {
            open.close();
        }
    }

    private void release() {
        try {
            write(tx -> {
                shared.sinks().release(tx, id, holder);
                return true;
            });
        } catch (RuntimeException e) {
            LOG.debug("the lease of a sink ends by itself");
        }
    }

    private <T> T write(Function<WriteTx, T> work) {
        return shared.transactions().change(JOB, tx -> Changed.unaudited(work.apply(tx), Unaudited.LOG_COPY));
    }

    @Override
    public void close() {
        ending = true;
        wakeup.wake();
        try {
            if (thread.join(GENTLE)) { // an interrupted statement would cost its connection
                return;
            }
            thread.interrupt();
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
