package dev.cloister.gateway.stream;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.Graceful;

/** The WebSockets of one web server, which waits for their end when it stops: they are told to go then. */
final class OpenSockets implements Graceful {
    private static final int GOING_AWAY = 1001;

    private final Set<EdgeSocket> sockets = new HashSet<>();
    private final CompletableFuture<Void> allGone = new CompletableFuture<>();
    private boolean stopping;

    static synchronized OpenSockets of(Server server) {
        var known = server.getBean(OpenSockets.class);
        if (known == null) {
            known = new OpenSockets();
            server.addBean(known);
        }
        return known;
    }

    void add(EdgeSocket socket) {
        boolean late;
        synchronized (this) {
            sockets.add(socket);
            late = stopping;
        }
        if (late) {
            cut(socket);
        }
    }

    synchronized void remove(EdgeSocket socket) {
        sockets.remove(socket);
        if (stopping && sockets.isEmpty()) {
            allGone.complete(null);
        }
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        Set<EdgeSocket> left;
        synchronized (this) {
            stopping = true;
            left = Set.copyOf(sockets);
            if (left.isEmpty()) {
                allGone.complete(null);
            }
        }
        left.forEach(OpenSockets::cut);
        return allGone;
    }

    private static void cut(EdgeSocket socket) {
        socket.cut(GOING_AWAY, "the server is shutting down");
    }

    @Override
    public synchronized boolean isShutdown() {
        return stopping;
    }
}
