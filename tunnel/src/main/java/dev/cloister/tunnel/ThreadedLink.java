package dev.cloister.tunnel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A transport that blocks as a link: one virtual thread reads and one writes. */
public final class ThreadedLink implements Link {
    private final Transport transport;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private ByteBuffer outgoing = ByteBuffer.allocate(0);
    private boolean sending;
    private boolean resumed;
    private boolean closed;
    private @Nullable IOException failure;

    public ThreadedLink(Transport transport) {
        this.transport = transport;
    }

    @Override
    public void start(Receiver receiver) {
        Thread.ofVirtual().name("link-reader").start(() -> read(receiver));
        Thread.ofVirtual().name("link-writer").start(() -> write(receiver));
    }

    private void read(Receiver receiver) {
        IOException cause = null;
        try {
            ByteBuffer chunk;
            while ((chunk = transport.read()) != null) {
                deliver(receiver, chunk);
            }
        } catch (IOException e) {
            cause = e;
        }
        receiver.ended(cause);
    }

    private void deliver(Receiver receiver, ByteBuffer chunk) throws IOException {
        while (chunk.hasRemaining()) {
            lock.lock();
            try {
                resumed = false;
            } finally {
                lock.unlock();
            }
            receiver.received(chunk);
            if (chunk.hasRemaining()) {
                awaitResumed();
            }
        }
    }

    private void awaitResumed() throws IOException {
        lock.lock();
        try {
            while (!resumed) {
                if (closed) {
                    throw new IOException("The connection is closed.");
                }
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void write(Receiver receiver) {
        while (awaitChunk()) {
            try {
                transport.write(outgoing);
            } catch (IOException e) {
                fail(e);
                receiver.writable(); // whoever sends next hears of the failure
                return;
            }
            lock.lock();
            try {
                sending = false;
            } finally {
                lock.unlock();
            }
            receiver.writable();
        }
    }

    private boolean awaitChunk() {
        lock.lock();
        try {
            while (!sending && !closed) {
                changed.awaitUninterruptibly();
            }
            return sending;
        } finally {
            lock.unlock();
        }
    }

    private void fail(IOException cause) {
        lock.lock();
        try {
            failure = cause;
            sending = false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean send(ByteBuffer chunk) throws IOException {
        lock.lock();
        try {
            if (failure != null) {
                throw new IOException(failure.getMessage(), failure);
            }
            if (sending) {
                throw new IllegalStateException("what was sent before is still on its way");
            }
            if (outgoing.capacity() < chunk.remaining()) {
                outgoing = ByteBuffer.allocate(chunk.remaining());
            }
            outgoing.clear().put(chunk).flip();
            sending = true;
            changed.signalAll();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void resume() {
        lock.lock();
        try {
            resumed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        transport.close();
    }
}
