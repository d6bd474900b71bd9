package dev.cloister.server.platform.sql;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Lets one thread wait for events. Events that come while nobody waits are remembered as one; whoever wakes up looks at
 * the rows, and looks again by itself after a while because events may be lost.
 */
public final class Wakeup implements AutoCloseable {
    private final Semaphore signal = new Semaphore(0);
    private final Events.Subscription subscription;

    private Wakeup(Events events, String topic, Predicate<String> wanted) {
        this.subscription = events.subscribe(topic, payload -> {
            if (payload.equals(Events.RESYNCHRONIZE) || wanted.test(payload)) {
                signal.release();
            }
        });
    }

    /** On every event of {@code topic}. */
    public static Wakeup onAny(Events events, String topic) {
        return new Wakeup(events, topic, payload -> true);
    }

    /** On events of {@code topic} whose payload is {@code id}. */
    public static Wakeup on(Events events, String topic, Object id) {
        String wanted = id.toString();
        return new Wakeup(events, topic, wanted::equals);
    }

    /** Waits for an event that came since the last call returned, or until the time is over. */
    public void await(Duration atMost) throws InterruptedException {
        if (signal.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            signal.drainPermits();
        }
    }

    /** Wakes the waiting thread without an event. */
    public void wake() {
        signal.release();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
