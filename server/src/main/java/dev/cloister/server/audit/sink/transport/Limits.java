package dev.cloister.server.audit.sink.transport;

import java.time.Duration;

/**
 * What one batch may be.
 *
 * @param events how many at most
 * @param bytes how many at about most, of one event at least
 * @param longest of one line, in bytes
 * @param linger how long to wait for more before a small batch is sent
 */
public record Limits(int events, long bytes, int longest, Duration linger) {
    private static final long MIB = 1 << 20;

    static final Limits OF_HTTP = new Limits(1000, 2 * MIB, (int) MIB, Duration.ZERO);

    Limits longest(int bytesOfLine) {
        return new Limits(events, bytes, bytesOfLine, linger);
    }
}
