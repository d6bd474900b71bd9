package dev.cloister.gateway.stream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Waits until a counter has moved and then has stood still for a while: whoever counts is blocked. */
final class Standstill {
    private static final long LONG_ENOUGH = Duration.ofMillis(400).toNanos();

    private Standstill() {}

    static void await(AtomicLong counter) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        long last = counter.get();
        long since = System.nanoTime();
        while (last == 0 || System.nanoTime() - since < LONG_ENOUGH) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("The counter never stood still.");
            }
            Thread.yield();
            if (counter.get() != last) {
                last = counter.get();
                since = System.nanoTime();
            }
        }
    }
}
