package dev.cloister.server.platform.http;

import dev.cloister.server.platform.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Reads bodies no slower than they may come. A client that sends a byte now and then would hold a connection and what
 * is read of it for as long as it likes (CWE-400, "slow body"); the idle time-out of connections sees no fault in that.
 */
final class Pace {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long BYTES_PER_SECOND = 128;

    private Pace() {}

    /**
     * At most {@code most} bytes.
     *
     * @throws Failure.TooSlow where they come too slowly after the first seconds
     */
    static byte[] read(InputStream body, long most) throws IOException {
        var bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        long start = System.nanoTime();
        while (bytes.size() < most) {
            int count = body.read(buffer, 0, (int) Math.min(buffer.length, most - bytes.size()));
            if (count < 0) {
                break;
            }
            bytes.write(buffer, 0, count);
            var passed = Duration.ofNanos(System.nanoTime() - start);
            if (passed.compareTo(PATIENCE) > 0 && bytes.size() < passed.toSeconds() * BYTES_PER_SECOND) {
                throw new Failure.TooSlow();
            }
        }
        return bytes.toByteArray();
    }
}
