package dev.cloister.tunnel.mux;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a state that another thread brings about. */
public final class Eventually {
    private Eventually() {}

    public static void is(BooleanSupplier state) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!state.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("It did not come about within ten seconds.");
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
