package dev.cloister.agent.script;

import java.time.Duration;

/** Holds a reader to a number of bytes a second, with a burst of one second. Waiting slows the writer down too. */
final class Throttle {
    private final long bytesPerSecond;
    private double allowance;
    private long last = System.nanoTime();

    Throttle(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
        this.allowance = bytesPerSecond;
    }

    void pass(int bytes) throws InterruptedException {
        long now = System.nanoTime();
        allowance = Math.min(bytesPerSecond, allowance + (now - last) * 1e-9 * bytesPerSecond) - bytes;
        last = now;
        if (allowance < 0) {
            Thread.sleep(Duration.ofNanos((long) (-allowance / bytesPerSecond * 1e9)));
        }
    }
}
