package dev.cloister.gateway.app;

import dev.cloister.tunnel.ByteStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One visitor's connections to one app. Idle ones are kept for the next request of the same visitor and never serve
 * another: the agent was told who they are for. Cutting a visit ends all of them at once.
 */
public final class AppVisit {
    private static final int MOST = 256;
    private static final int MOST_IDLE = 16;
    private static final long IDLE_NANOS = 30_000_000_000L;

    private final AppDialer dialer;
    private final ArrayDeque<AppConnection> idle = new ArrayDeque<>();
    private final Set<AppConnection> open = new HashSet<>();
    private boolean cut;

    public AppVisit(AppDialer dialer) {
        this.dialer = dialer;
    }

    /** A connection that has answered before and is idle, or null where there is none. */
    @Nullable AppConnection reuse() {
        while (true) {
            AppConnection found;
            synchronized (this) {
                found = idle.pollLast();
            }
            if (found == null) {
                return null;
            }
            if (System.nanoTime() - found.idleSince() < IDLE_NANOS && found.isQuiet()) {
                return found;
            }
            discard(found);
        }
    }

    /** @throws IOException where the app cannot be reached or the visit has ended */
    AppConnection connect() throws IOException {
        synchronized (this) {
            if (cut) {
                throw new IOException("The visit has ended.");
            }
            if (open.size() >= MOST) {
                throw new IOException("Too many requests to this app are under way at once.");
            }
        }
        ByteStream stream = dialer.dial();
        var connection = new AppConnection(stream);
        synchronized (this) {
            if (!cut) {
                open.add(connection);
                return connection;
            }
        }
        connection.reset();
        throw new IOException("The visit has ended.");
    }

    /** The answer is complete and another request may follow on this connection. */
    void giveBack(AppConnection connection) {
        connection.rest();
        AppConnection surplus = null;
        synchronized (this) {
            if (open.contains(connection)) {
                idle.addLast(connection);
                surplus = idle.size() > MOST_IDLE ? idle.pollFirst() : null;
            }
        }
        if (surplus != null) {
            discard(surplus);
        }
    }

    /** The connection is of no more use. */
    void discard(AppConnection connection) {
        synchronized (this) {
            open.remove(connection);
            idle.remove(connection);
        }
        connection.close();
    }

    /** Ends every connection, also those in the middle of an answer, and lets no new one begin. */
    public void cut() {
        Set<AppConnection> ending;
        synchronized (this) {
            cut = true;
            ending = new HashSet<>(open);
            open.clear();
            idle.clear();
        }
        ending.forEach(AppConnection::reset);
    }
}
