package dev.cloister.server.connection;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what another thread or process brings about. */
public final class Polling {
    private Polling() {}

    /** Asks again and again until it is true; fails after ten seconds. */
    public static void until(String what, Callable<Boolean> condition) {
        until(what, Duration.ofMinutes(1), condition);
    }

    public static void until(String what, Duration patience, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("not within " + patience.toMillis() + " ms: " + what);
                }
                Thread.sleep(5);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(what, e);
        }
    }
}
