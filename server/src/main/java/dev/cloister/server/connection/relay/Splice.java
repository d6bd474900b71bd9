package dev.cloister.server.connection.relay;

import dev.cloister.tunnel.ByteStream;
import java.io.IOException;

/** Joins two streams: what ends on one side ends on the other in the same way, each direction by itself. */
final class Splice {
    private static final int SMALL = 4 * 1024;
    private static final int LARGE = 64 * 1024;

    private Splice() {}

    /** Returns when both directions have ended. */
    static void join(ByteStream one, ByteStream other) {
        Thread back = Thread.ofVirtual().name("relay-back").start(() -> pass(other, one));
        pass(one, other);
        try {
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            one.reset();
            other.reset();
        }
        one.close();
        other.close();
    }

    /** Memory is one small buffer while little is said. */
    private static void pass(ByteStream from, ByteStream to) {
        byte[] buffer = new byte[SMALL];
        try {
            int count;
            while ((count = from.input().read(buffer)) >= 0) {
                to.output().write(buffer, 0, count);
                to.output().flush();
                if (count == buffer.length && buffer.length < LARGE) {
                    buffer = new byte[LARGE];
                } else if (count < SMALL && buffer.length > SMALL) {
                    buffer = new byte[SMALL];
                }
            }
            to.closeOutput();
        } catch (IOException e) {
            from.reset();
            to.reset();
        }
    }
}
