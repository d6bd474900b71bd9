package dev.cloister.agent.ssh;

import dev.cloister.contract.agent.Ticket;
import dev.cloister.tunnel.ByteStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoHandler;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.closeable.AbstractCloseable;
import org.jspecify.annotations.Nullable;

/**
 * A byte stream in the place of the socket that the SSH library expects. Writing blocks until the stream has taken the
 * bytes, so that a slow client slows down what it asked for and nothing piles up.
 */
final class StreamSession extends AbstractCloseable implements IoSession {
    /** The ticket that opened the stream, as an attribute of this session. */
    static final Object TICKET = "dev.cloister.ticket";

    private static final AtomicLong IDS = new AtomicLong();
    private static final SocketAddress NOWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int CHUNK = 64 * 1024;

    private final long id = IDS.incrementAndGet();
    private final ByteStream stream;
    private final IoHandler handler;
    private final Map<Object, Object> attributes = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final Object reading = new Object();
    private boolean suspended;

    StreamSession(ByteStream stream, IoHandler handler, Ticket ticket) {
        this.stream = stream;
        this.handler = handler;
        attributes.put(TICKET, ticket);
    }

    /** Feeds the library until the stream ends. */
    void run() throws Exception {
        handler.sessionCreated(this);
        try {
            var chunk = new byte[CHUNK];
            int length;
            while ((length = stream.input().read(chunk)) >= 0) {
                handler.messageReceived(this, new ByteArrayBuffer(chunk, 0, length, true));
                awaitResumed();
            }
        } catch (Exception e) {
            handler.exceptionCaught(this, e);
        } finally {
            handler.sessionClosed(this);
            close(true);
        }
    }

    /** Whether key exchange and authentication are over. */
    boolean loggedIn() {
        var session = AbstractSession.getSession(this, true);
        return session != null && session.isAuthenticated();
    }

    @Override
    public IoWriteFuture writeBuffer(Buffer buffer) throws IOException {
        var done = new Written(buffer);
        writing.lock();
        try {
            stream.output().write(buffer.array(), buffer.rpos(), buffer.available());
            stream.output().flush();
            done.succeed();
        } catch (IOException e) {
            done.fail(e);
            close(true);
        } finally {
            writing.unlock();
        }
        return done;
    }

    private static final class Written extends AbstractIoWriteFuture {
        Written(Object id) {
            super(id, null);
        }

        void succeed() {
            setValue(Boolean.TRUE);
        }

        void fail(Throwable cause) {
            setValue(cause);
        }
    }

    @Override
    public long getId() {
        return id;
    }

    @Override
    public SocketAddress getAcceptanceAddress() {
        return NOWHERE;
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return NOWHERE;
    }

    @Override
    public SocketAddress getLocalAddress() {
        return NOWHERE;
    }

    @Override
    public @Nullable Object getAttribute(Object key) {
        return attributes.get(key);
    }

    @Override
    public @Nullable Object setAttribute(Object key, Object value) {
        return attributes.put(key, value);
    }

    @Override
    public @Nullable Object setAttributeIfAbsent(Object key, Object value) {
        return attributes.putIfAbsent(key, value);
    }

    @Override
    public @Nullable Object removeAttribute(Object key) {
        return attributes.remove(key);
    }

    @Override
    public @Nullable IoService getService() {
        return null;
    }

    @Override
    public void shutdownOutputStream() {
        stream.closeOutput();
    }

    @Override
    public void suspendRead() {
        synchronized (reading) {
            suspended = true;
        }
    }

    @Override
    public void resumeRead() {
        synchronized (reading) {
            suspended = false;
            reading.notifyAll();
        }
    }

    private void awaitResumed() throws InterruptedException {
        synchronized (reading) {
            while (suspended && !isClosing()) {
                reading.wait();
            }
        }
    }

    @Override
    protected void doCloseImmediately() {
        stream.close();
        resumeRead();
        super.doCloseImmediately();
    }

    @Override
    public String toString() {
        return "stream session " + id;
    }
}
