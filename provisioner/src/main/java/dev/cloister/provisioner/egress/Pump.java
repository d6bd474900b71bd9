package dev.cloister.provisioner.egress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Moves bytes one way until their end. The buffer begins small: most connections are idle most of the time. */
final class Pump {
    private static final int SMALLEST = 8 * 1024;
    private static final int LARGEST = 128 * 1024;

    private final SocketChannel from;
    private final SocketChannel to;
    private final Runnable onBytes;
    private volatile long bytes;

    Pump(SocketChannel from, SocketChannel to, Runnable onBytes) {
        this.from = from;
        this.to = to;
        this.onBytes = onBytes;
    }

    /** Returns when the sender has ended, having passed that end on. */
    void run() throws IOException {
        var buffer = ByteBuffer.allocateDirect(SMALLEST);
        while (from.read(buffer) >= 0) {
            var full = !buffer.hasRemaining();
            write(buffer.flip());
            buffer.clear();
            if (full && buffer.capacity() < LARGEST) {
                buffer = ByteBuffer.allocateDirect(buffer.capacity() * 4);
            }
        }
        to.shutdownOutput();
    }

    void write(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            count(to.write(buffer));
            onBytes.run();
        }
    }

    /** One thread writes; the field is volatile for the one that reads the sum. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void count(int more) {
        bytes += more;
    }

    long bytes() {
        return bytes;
    }
}
