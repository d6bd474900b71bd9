package dev.cloister.gateway.app;

import dev.cloister.tunnel.ByteStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
    private final Runnable over;
    private boolean closed;
    private boolean isOver;

    /** @param over runs once when the visit has ended and its last connection with it */
    public AppVisit(AppDialer dialer, Runnable over) {
        this.dialer = dialer;
        this.over = over;
    }

    /** A connection that has answered before and is idle, or null where there is none. */
    @Nullable
    AppConnection reuse() {
        while (true) {
            AppConnection found;
            synchronized (this) {
                found = idle.pollLast();
            }
            if (found == null || isGood(found)) {
                return found;
            }
            discard(found);
        }
    }

    /** @throws IOException where the app cannot be reached or the visit has ended */
    AppConnection connect() throws IOException {
        synchronized (this) {
            if (closed) {
                throw new VisitEndedException();
            }
            if (open.size() >= MOST) {
                throw new IOException("Too many requests to this app are under way at once.");
            }
        }
        ByteStream stream = dialer.dial();
        var connection = new AppConnection(stream);
        synchronized (this) {
            if (!closed) {
                open.add(connection);
                return connection;
            }
        }
        connection.reset();
        throw new VisitEndedException();
    }

    private static boolean isGood(AppConnection resting) {
        return System.nanoTime() - resting.idleSince() < IDLE_NANOS && resting.isQuiet();
    }

    /** The answer is complete and another request may follow on this connection. */
    void giveBack(AppConnection connection) {
        connection.rest();
        var surplus = new ArrayList<AppConnection>();
        synchronized (this) {
            if (closed) {
                surplus.add(connection);
            } else if (open.contains(connection)) {
                idle.addLast(connection);
            }
            while (idle.size() > MOST_IDLE || (!idle.isEmpty() && !isGood(idle.getFirst()))) {
                surplus.add(idle.removeFirst());
            }
        }
        surplus.forEach(this::discard);
    }

    /** The connection is of no more use. */
    void discard(AppConnection connection) {
        synchronized (this) {
            open.remove(connection);
            idle.remove(connection);
        }
        connection.close();
        tellIfOver();
    }

    private void tellIfOver() {
        synchronized (this) {
            if (!closed || !open.isEmpty() || isOver) {
                return;
            }
            isOver = true;
        }
        over.run();
    }

    /** Lets no new connection begin; those that are in use go on to their end. */
    public void retire() {
        Set<AppConnection> unused;
        synchronized (this) {
            closed = true;
            unused = new HashSet<>(idle);
            idle.clear();
            open.removeAll(unused);
        }
        unused.forEach(AppConnection::close);
        tellIfOver();
    }

    /** Ends every connection, also those in the middle of an answer, and lets no new one begin. */
    public void cut() {
        Set<AppConnection> ending;
        synchronized (this) {
            closed = true;
            ending = new HashSet<>(open);
            open.clear();
            idle.clear();
        }
        ending.forEach(AppConnection::reset);
        tellIfOver();
    }
}
