package dev.cloister.agent.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that waits for many sockets. It is one of the platform's, since a virtual one that waits for a socket is
 * woken by a thread that waits for it, and that twice for every request. Nothing that runs on it may wait.
 */
final class SocketLoop {
    private static final Logger LOG = LoggerFactory.getLogger(SocketLoop.class);
    private static final int BUFFER = 64 * 1024;

    /** What a socket is for. */
    interface Owner {
        /** @param buffer for the moment only */
        void ready(int operations, ByteBuffer buffer);

        /** Something has gone wrong that nobody expected. */
        void failed(RuntimeException cause);
    }

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private @Nullable Selector selector;

    /** Watches a socket, at first for nothing, until it is closed; the thread begins with the first one. */
    SelectionKey watch(SocketChannel socket, Owner owner) throws IOException {
        socket.configureBlocking(false);
        return socket.register(selector(), 0, owner);
    }

    private synchronized Selector selector() throws IOException {
        if (selector == null) {
            var opened = Selector.open();
            selector = opened;
            Thread.ofPlatform().daemon().name("ports").start(() -> run(opened));
        }
        return selector;
    }

    /** Runs something on the thread. */
    void execute(SelectionKey key, Runnable task) {
        tasks.add(task);
        key.selector().wakeup();
    }

    /** A socket that is watched is only closed when the thread has let go of it. */
    void close(SocketChannel socket) {
        try {
            socket.close();
            selector().wakeup();
        } catch (IOException _) {
            // Broken is as good as closed.
        }
    }

    private void run(Selector on) {
        var buffer = ByteBuffer.allocateDirect(BUFFER);
        while (true) {
            try {
                on.select();
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                for (var key : on.selectedKeys()) {
                    tell(key, buffer.clear());
                }
                on.selectedKeys().clear();
            } catch (IOException | ClosedSelectorException e) {
                LOG.error("the sockets of the workspace can no longer be watched", e);
                return;
            }
        }
    }

    private static void tell(SelectionKey key, ByteBuffer buffer) {
        var owner = (Owner) key.attachment();
        try {
            owner.ready(key.readyOps(), buffer);
        } catch (CancelledKeyException _) {
            // It was closed meanwhile, by one who knows.
        } catch (RuntimeException e) {
            owner.failed(e);
        }
    }
}
