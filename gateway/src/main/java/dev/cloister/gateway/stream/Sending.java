package dev.cloister.gateway.stream;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.websocket.api.Callback;
import org.jspecify.annotations.Nullable;

/** The one message that is being sent; reused for the next, so that sending makes no garbage. */
final class Sending implements Callback {
    private boolean pending;
    private @Nullable IOException failure;

    synchronized void begin() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        pending = true;
    }

    @Override
    public synchronized void succeed() {
        pending = false;
        notifyAll();
    }

    @Override
    public void fail(Throwable cause) {
        fail(new IOException("Sending failed: " + cause.getMessage(), cause));
    }

    /** This message and every later one fails. */
    synchronized void fail(IOException cause) {
        if (failure == null) {
            failure = cause;
        }
        notifyAll();
    }

    /** Waits for the message to be handed over; false when that takes longer than {@code patience}. */
    synchronized boolean await(Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (pending && failure == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Interrupted while sending.", e);
            }
        }
        if (pending) {
            throw new IOException(failure == null ? "Sending failed." : failure.getMessage(), failure);
        }
        return true;
    }
}
