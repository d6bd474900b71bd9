package dev.cloister.tunnel.websocket;

import dev.cloister.tunnel.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's WebSocket on a channel that does not block, with a thread of the platform's that waits for it: a virtual
 * one would be woken by another that waits, which takes twice as long. A channel in this mode is not closed when a thread
 * that uses it is interrupted, so anybody may send.
 */
final class ChannelConnection implements WebSocketLink.Connection {
    private static final long FAREWELL_MILLIS = 1000;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final WebSocketLink link;
    private final Thread thread;
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile boolean reading;
    private volatile @Nullable ByteBuffer later;

    private ChannelConnection(SocketChannel channel, Random random) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        this.key = channel.register(selector, 0);
        this.link = WebSocketLink.client(this, random);
        this.thread = Thread.ofPlatform().daemon().name("websocket").unstarted(this::run);
    }

    /** @param early what was read from the channel already */
    static Link open(SocketChannel channel, Random random, ByteBuffer early) throws IOException {
        var connection = new ChannelConnection(channel, random);
        connection.link.early(early);
        connection.thread.start();
        return connection.new Closing();
    }

    private void run() {
        try (selector) {
            while (channel.isOpen()) {
                int wanted = (reading ? SelectionKey.OP_READ : 0) | (later != null ? SelectionKey.OP_WRITE : 0);
                if (key.interestOps() != wanted) {
                    key.interestOps(wanted);
                }
                selector.select();
                selector.selectedKeys().clear();
                happened(key.readyOps());
            }
            link.broken(new ClosedChannelException());
        } catch (CancelledKeyException _) {
            link.broken(new ClosedChannelException());
        } catch (IOException e) {
            link.broken(e);
        } finally {
            close();
            gone.countDown();
        }
    }

    private void happened(int operations) throws IOException {
        var rest = later;
        if ((operations & SelectionKey.OP_WRITE) != 0 && rest != null) {
            channel.write(rest);
            if (!rest.hasRemaining()) {
                later = null;
                link.flushed(rest);
            }
        }
        if ((operations & SelectionKey.OP_READ) != 0 && reading) {
            reading = false;
            link.readable();
        }
    }

    @Override
    public int fill(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    @Override
    public boolean flush(ByteBuffer from) throws IOException {
        channel.write(from);
        return !from.hasRemaining();
    }

    @Override
    public void flushLater(ByteBuffer from) {
        later = from;
        selector.wakeup();
    }

    @Override
    public void awaitReadable() {
        reading = true;
        if (!Thread.currentThread().equals(thread)) {
            selector.wakeup();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // Broken is as good as closed.
        }
        selector.wakeup();
    }

    /** The link, which a peer that does not answer the farewell does not keep. */
    private final class Closing implements Link {
        @Override
        public void start(Receiver receiver) {
            link.start(receiver);
        }

        @Override
        public void resume() {
            link.resume();
        }

        @Override
        public boolean send(ByteBuffer chunk) throws IOException {
            return link.send(chunk);
        }

        @Override
        public void close() {
            link.close();
            Thread.ofVirtual().name("websocket-end").start(this::cut);
        }

        private void cut() {
            try {
                boolean _ = gone.await(FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                ChannelConnection.this.close();
            }
        }
    }
}
