package dev.cloister.tunnel.mux;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The open streams of a session, those that wait to be accepted, and the limits on both. */
final class StreamTable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Integer, MuxStream> streams = new HashMap<>();
    private final ArrayDeque<MuxStream> backlog = new ArrayDeque<>();
    private final MuxSettings settings;
    private final IntFunction<MuxStream> factory;
    private final boolean client;
    private int nextId;
    private int unanswered;
    private int openedByPeer;
    private boolean peerGoesAway;
    private @Nullable IOException ended;

    StreamTable(MuxSettings settings, boolean client, IntFunction<MuxStream> factory) {
        this.settings = settings;
        this.client = client;
        this.factory = factory;
        this.nextId = client ? 1 : 2;
    }

    /** A new stream of ours; waits while the peer has as many of ours to accept as it may have. */
    MuxStream open() throws IOException {
        lock.lock();
        try {
            refuseIfEnded();
            while (unanswered >= settings.acceptBacklog()) {
                pause();
                refuseIfEnded();
            }
            if (peerGoesAway) {
                throw new MuxException("The peer accepts no more streams.");
            }
            if (nextId < 0) {
                throw new MuxException("The session has used up its stream numbers.");
            }
            var stream = factory.apply(nextId);
            nextId += 2;
            unanswered++;
            stream.unanswered = true;
            stream.deadline = System.nanoTime() + settings.openTimeout().toNanos();
            streams.put(stream.id(), stream);
            return stream;
        } finally {
            lock.unlock();
        }
    }

    /** Registers a stream that the peer opens; false when it is to be refused. */
    boolean offer(Header header) throws ProtocolViolation {
        boolean fromClient = (header.stream() & 1) == 1;
        if (header.stream() == 0 || fromClient == client) {
            throw new ProtocolViolation("the peer may not open " + header.streamName());
        }
        lock.lock();
        try {
            if (streams.containsKey(header.stream())) {
                throw new ProtocolViolation(header.streamName() + " was opened twice");
            }
            if (ended != null || backlog.size() >= settings.acceptBacklog() || openedByPeer >= settings.maxStreams()) {
                return false;
            }
            var stream = factory.apply(header.stream());
            stream.outbound().openedByPeer();
            streams.put(stream.id(), stream);
            openedByPeer++;
            backlog.add(stream);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    MuxStream accept() throws IOException {
        lock.lock();
        try {
            while (true) {
                refuseIfEnded();
                var stream = backlog.poll();
                if (stream != null) {
                    return stream;
                }
                pause();
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    MuxStream find(int id) {
        lock.lock();
        try {
            return streams.get(id);
        } finally {
            lock.unlock();
        }
    }

    void answered(MuxStream stream) {
        lock.lock();
        try {
            if (stream.unanswered) {
                stream.unanswered = false;
                unanswered--;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The user has closed the stream; the peer gets some time to do the same. */
    void linger(MuxStream stream) {
        lock.lock();
        try {
            stream.lingering = true;
            stream.deadline = System.nanoTime() + settings.closeTimeout().toNanos();
        } finally {
            lock.unlock();
        }
    }

    void remove(MuxStream stream) {
        lock.lock();
        try {
            if (streams.remove(stream.id(), stream)) {
                backlog.remove(stream);
                answered(stream);
                if (((stream.id() & 1) == 1) != client) {
                    openedByPeer--;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    List<MuxStream> overdue() {
        lock.lock();
        try {
            long now = System.nanoTime();
            return streams.values().stream()
                    .filter(stream -> (stream.unanswered || stream.lingering) && now - stream.deadline > 0)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    void peerGoesAway() {
        lock.lock();
        try {
            peerGoesAway = true;
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return streams.size();
        } finally {
            lock.unlock();
        }
    }

    void end(IOException cause) {
        List<MuxStream> left;
        lock.lock();
        try {
            ended = cause;
            left = new ArrayList<>(streams.values());
            streams.clear();
            backlog.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(stream -> stream.sessionEnded(cause));
    }

    private void refuseIfEnded() throws IOException {
        if (ended != null) {
            throw new IOException(ended.getMessage(), ended);
        }
    }

    private void pause() throws IOException {
        try {
            changed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var stopped = new InterruptedIOException("Interrupted while waiting for a stream.");
            stopped.initCause(e);
            throw stopped;
        }
    }
}
