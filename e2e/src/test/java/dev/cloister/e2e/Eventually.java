package dev.cloister.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for what takes its time, with a deadline. */
final class Eventually {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Eventually() {}

    static void within(Duration limit, String what, Callable<Boolean> condition) {
        within(limit, what, condition, () -> "");
    }

    /** @param details are added to the failure */
    static void within(Duration limit, String what, Callable<Boolean> condition, Supplier<String> details) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                if (condition.call()) {
                    return;
                }
                if (System.nanoTime() >= deadline) {
                    throw new AssertionError("waited " + limit + " in vain for " + what + "\n" + details.get());
                }
                Thread.sleep(PAUSE);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError("while waiting for " + what, e);
            }
        }
    }
}
