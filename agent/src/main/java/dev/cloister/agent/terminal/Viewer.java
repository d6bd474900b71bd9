package dev.cloister.agent.terminal;

import dev.cloister.tunnel.ByteStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One client of a terminal. What it has not yet taken is bounded: a full viewer holds the terminal back for a moment, as
 * a slow serial line would, and one that stays full is let go, since it can come back and be shown the screen.
 */
final class Viewer {
    private static final int MOST = 256 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ByteStream stream;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean ended;

    Viewer(ByteStream stream) {
        this.stream = stream;
    }

    /** Whether it was taken; false once this viewer has been let go. */
    synchronized boolean offer(byte[] chunk) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (bytes > MOST && !ended) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                ended = true;
                waiting.clear();
                stream.reset();
                break;
            }
            wait(left);
        }
        if (ended) {
            return false;
        }
        waiting.addLast(chunk);
        bytes += chunk.length;
        notifyAll();
        return true;
    }

    /** No more will come; what waits is still sent. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Sends to the client until the end, on the viewer's own thread. */
    void run() throws InterruptedException {
        try {
            byte[] chunk;
            while ((chunk = next()).length > 0) {
                stream.output().write(chunk);
                stream.output().flush();
            }
            stream.closeOutput();
        } catch (IOException _) {
            stream.reset();
        } finally {
            end();
        }
    }

    private synchronized byte[] next() throws InterruptedException {
        while (waiting.isEmpty() && !ended) {
            wait();
        }
        var chunk = waiting.poll();
        if (chunk == null) {
            return new byte[0];
        }
        bytes -= chunk.length;
        notifyAll();
        return chunk;
    }
}
