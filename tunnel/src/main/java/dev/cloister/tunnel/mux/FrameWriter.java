package dev.cloister.tunnel.mux;

import dev.cloister.tunnel.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The only one that sends on the link. Streams queue themselves, once each, when they have something to send, and are
 * served in turn, at most one chunk per turn; frames that open, widen and reset go before data. So the queues are no
 * longer than the number of streams, no stream holds up another, and nobody who queues ever waits here.
 *
 * <p>It has no thread of its own: whoever queues sends, if nobody else is just doing so and the link takes more.
 * Otherwise that other thread, or the link's when it becomes writable, goes on.
 */
final class FrameWriter {
    static final int MAX_PAYLOAD = 64 * 1024;
    private static final int BATCH = 16 * 1024;
    private static final int SMALL = 4 * 1024;
    private static final int MOST_SESSION_FRAMES = 1024;
    private static final int MOST_TURNS = 16;

    private final Link link;
    private final BlockPool pool;
    private final Consumer<IOException> broken;
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch done = new CountDownLatch(1);
    private final ArrayDeque<Header> sessionFrames = new ArrayDeque<>();
    private final ArrayDeque<MuxStream> control = new ArrayDeque<>();
    private final ArrayDeque<MuxStream> data = new ArrayDeque<>();
    /** Small frames that go together; there is no buffer while nothing is sent. */
    private @Nullable ByteBuffer batch;
    /** A large frame that waits until the small ones before it are sent. */
    private Outbound.@Nullable Chunk large;

    /** Some thread is sending; the two fields above are its own. */
    private boolean sending;
    /** The link has taken as much as it wants. */
    private volatile boolean blocked;

    private boolean ending;
    private boolean flushing;
    private boolean farewell;
    private int goAwayCode;

    /** @param broken is told once where the link cannot be sent on */
    FrameWriter(Link link, BlockPool pool, Consumer<IOException> broken) {
        this.link = link;
        this.pool = pool;
        this.broken = broken;
    }

    /** Queues a frame of the session itself. A peer that makes us queue many and reads none is refused. */
    void sessionFrame(int type, int flags, int stream, long length) throws ProtocolViolation {
        lock.lock();
        try {
            if (sessionFrames.size() >= MOST_SESSION_FRAMES) {
                throw new ProtocolViolation("the peer asks for many answers and reads none");
            }
            sessionFrames.add(new Header(type, flags, stream, length));
        } finally {
            lock.unlock();
        }
        send();
    }

    void controlReady(MuxStream stream) {
        lock.lock();
        try {
            if (!stream.controlQueued && !ending) {
                stream.controlQueued = true;
                control.add(stream);
            }
        } finally {
            lock.unlock();
        }
        send();
    }

    void dataReady(MuxStream stream) {
        lock.lock();
        try {
            if (!stream.dataQueued && !ending) {
                stream.dataQueued = true;
                data.add(stream);
            }
        } finally {
            lock.unlock();
        }
        send();
    }

    /** Sends a last frame, and before it what is queued if {@code flush}. */
    void end(int code, boolean flush) {
        lock.lock();
        try {
            ending = true;
            flushing = flush;
            goAwayCode = code;
        } finally {
            lock.unlock();
        }
        send();
    }

    /** Waits until the last frame is sent. */
    void awaitEnd(Duration limit) throws InterruptedException {
        boolean _ = done.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The link takes more. */
    void writable() {
        blocked = false;
        send();
    }

    private void send() {
        if (begin()) {
            sendInTurns(MOST_TURNS);
        }
    }

    /** A thread that has other things to do, or other connections to serve, is not kept by those who go on and on. */
    private void sendInTurns(int most) {
        int turns = 0;
        do {
            if (turns++ == most) {
                Thread.ofVirtual().name("mux-writer").start(() -> sendInTurns(Integer.MAX_VALUE));
                return;
            }
            if (!sendSome()) {
                return; // nobody sends any more
            }
            pause();
        } while (begin());
    }

    private boolean sendSome() {
        try {
            fill();
            flush();
            return true;
        } catch (IOException e) {
            done.countDown();
            broken.accept(e);
            return false;
        } catch (RuntimeException e) {
            done.countDown();
            broken.accept(new MuxException("The session failed.", e));
            throw e;
        }
    }

    private void pause() {
        lock.lock();
        try {
            sending = false;
            tellIfDone();
        } finally {
            lock.unlock();
        }
    }

    private void tellIfDone() {
        if (farewell && !sending && !blocked && large == null) {
            done.countDown();
        }
    }

    /** Whether this thread is to send now. */
    private boolean begin() {
        lock.lock();
        try {
            if (sending || blocked || !hasWork()) {
                tellIfDone();
                return false;
            }
            sending = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasWork() {
        if (farewell) {
            return large != null;
        }
        return ending || large != null || !sessionFrames.isEmpty() || !control.isEmpty() || !data.isEmpty();
    }

    private void fill() {
        if (large != null) {
            return;
        }
        var frames = ByteBuffer.wrap(pool.take());
        batch = frames.limit(BATCH);
        while (frames.remaining() >= 2 * Header.SIZE && large == null) {
            if (!putNext(frames)) {
                putFarewell(frames);
                return;
            }
        }
    }

    private boolean putNext(ByteBuffer frames) {
        if (isCutOff()) {
            return false;
        }
        var frame = nextSessionFrame();
        if (frame != null) {
            Header.put(frames, frame.type(), frame.flags(), frame.stream(), (int) frame.length());
            return true;
        }
        var opened = nextControl();
        if (opened != null) {
            opened.outbound().putControl(frames, opened.id(), opened.inbound().takeGrant());
            return true;
        }
        var stream = nextData();
        if (stream == null) {
            return false;
        }
        putData(frames, stream);
        return true;
    }

    private void putData(ByteBuffer frames, MuxStream stream) {
        var chunk = stream.outbound().takeChunk();
        if (chunk != null) {
            var frame = ByteBuffer.wrap(chunk.bytes(), 0, chunk.end());
            Header.put(frame, Header.DATA, 0, stream.id(), chunk.payload());
            // Small frames share a message; a large one goes as it stands, without a copy.
            if (chunk.end() <= Math.min(SMALL, frames.remaining() - Header.SIZE)) {
                frames.put(frame.rewind());
                pool.give(chunk.bytes());
            } else {
                large = chunk;
                dataReadyAgain(stream); // its end, which must not overtake it, if that is due
                return;
            }
        }
        if (stream.outbound().takeFinish()) {
            Header.put(frames, Header.WINDOW_UPDATE, Header.FIN, stream.id(), 0);
            stream.removeIfFinished();
        }
    }

    private void dataReadyAgain(MuxStream stream) {
        lock.lock();
        try {
            if (!stream.dataQueued && stream.outbound().hasMore()) {
                stream.dataQueued = true;
                data.add(stream);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isCutOff() {
        lock.lock();
        try {
            return ending && !flushing;
        } finally {
            lock.unlock();
        }
    }

    private void putFarewell(ByteBuffer frames) {
        lock.lock();
        try {
            if (ending && !farewell) {
                farewell = true;
                Header.put(frames, Header.GO_AWAY, 0, 0, goAwayCode);
            }
        } finally {
            lock.unlock();
        }
    }

    private void flush() throws IOException {
        var frames = batch;
        if (frames != null) {
            batch = null;
            if (frames.position() > 0) {
                hand(frames.flip());
            }
            pool.give(frames.array());
        }
        var chunk = large;
        if (chunk != null && !blocked) {
            large = null;
            hand(ByteBuffer.wrap(chunk.bytes(), 0, chunk.end()));
            pool.give(chunk.bytes());
        }
    }

    private void hand(ByteBuffer bytes) throws IOException {
        // Before, since the link may tell that it is writable again before it returns.
        blocked = true;
        if (link.send(bytes)) {
            blocked = false;
        }
    }

    private @Nullable Header nextSessionFrame() {
        lock.lock();
        try {
            return sessionFrames.poll();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable MuxStream nextControl() {
        lock.lock();
        try {
            var stream = control.poll();
            if (stream != null) {
                stream.controlQueued = false;
            }
            return stream;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable MuxStream nextData() {
        lock.lock();
        try {
            var stream = data.poll();
            if (stream != null) {
                stream.dataQueued = false;
            }
            return stream;
        } finally {
            lock.unlock();
        }
    }
}
