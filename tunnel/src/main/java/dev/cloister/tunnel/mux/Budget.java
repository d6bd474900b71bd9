package dev.cloister.tunnel.mux;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes all streams of a session may hold unread together. */
final class Budget {
    private final AtomicLong held = new AtomicLong();
    private final long limit;

    Budget(long limit) {
        this.limit = limit;
    }

    boolean take(int bytes) {
        if (held.addAndGet(bytes) <= limit) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void give(int bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
