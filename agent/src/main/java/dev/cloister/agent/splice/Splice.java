package dev.cloister.agent.splice;

import dev.cloister.tunnel.ByteStream;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** Moves bytes both ways between two streams; the end of one direction is passed on, a failure ends both. */
public final class Splice {
    private static final int CHUNK = 32 * 1024;

    private final ByteStream left;
    private final ByteStream right;
    private final LongAdder leftward;
    private final LongAdder rightward;

    /** @param leftward counts what reaches {@code left}, {@code rightward} what reaches {@code right} */
    public Splice(ByteStream left, ByteStream right, LongAdder leftward, LongAdder rightward) {
        this.left = left;
        this.right = right;
        this.leftward = leftward;
        this.rightward = rightward;
    }

    public static void join(ByteStream left, ByteStream right) throws InterruptedException {
        new Splice(left, right, new LongAdder(), new LongAdder()).run();
    }

    /** Returns when both directions have ended; both streams are closed then. */
    public void run() throws InterruptedException {
        var other = Thread.ofVirtual().name("splice").start(() -> copy(right, left, leftward));
        try {
            copy(left, right, rightward);
            other.join();
        } finally {
            left.close();
            right.close();
        }
    }

    private void copy(ByteStream from, ByteStream to, LongAdder count) {
        var chunk = new byte[CHUNK];
        try {
            int length;
            while ((length = from.input().read(chunk)) >= 0) {
                to.output().write(chunk, 0, length);
                count.add(length);
            }
            to.closeOutput();
        } catch (IOException _) {
            left.reset();
            right.reset();
        }
    }
}
