package dev.cloister.gateway.stream;

import dev.cloister.tunnel.Link;
import dev.cloister.tunnel.mux.MuxStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes between a person's connection and a stream into a workspace until one side ends, then ends the other. The
 * bytes are not looked at. They move on the threads that bring them; a connection that is idle holds no buffer, and
 * whoever reads slowly slows the other side down.
 */
public final class Relay {
    private static final int MOST_AT_ONCE = 16;

    private final Link person;
    private final MuxStream workspace;
    private final AtomicLong fromPerson = new AtomicLong();
    private final AtomicLong toPerson = new AtomicLong();
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch personGone = new CountDownLatch(1);
    /** How many times there was reason to look at the workspace's side since nobody does. */
    private final AtomicInteger reasons = new AtomicInteger();

    private volatile boolean personTakes = true;
    private volatile boolean downOver;
    private volatile boolean workspaceTakes = true;

    /** What ended a relay. */
    public enum End {
        /** The person's side closed in an orderly way. */
        PERSON("closed by the user"),
        /** The workspace's side finished. */
        WORKSPACE("closed by the workspace"),
        /** The connection to the person broke, or the person stopped reading. */
        PERSON_LOST("the connection to the user was lost"),
        /** The connection to the workspace broke, or it was cut from our side. */
        WORKSPACE_LOST("the connection to the workspace was lost");

        private final String words;

        End(String words) {
            this.words = words;
        }

        /** For the connection log. */
        public String words() {
            return words;
        }
    }

    public Relay(Link person, MuxStream workspace) {
        this.person = person;
        this.workspace = workspace;
    }

    /** Bytes passed on from the person so far. */
    public long bytesFromPerson() {
        return fromPerson.get();
    }

    /** Bytes passed on to the person so far. */
    public long bytesToPerson() {
        return toPerson.get();
    }

    /** Moves bytes until the connection ends, and waits for that. Both sides are closed when it returns. */
    public End run() {
        workspace.onWritable(person::resume);
        person.start(new Person());
        workspace.onReadable(this::moveDown);
        moveDown();
        try {
            over.await();
            person.close();
            personGone.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            person.close();
        } finally {
            workspace.close();
        }
        End first = end.get();
        return first == null ? End.PERSON_LOST : first;
    }

    /** Until the workspace has nothing more, or the person takes no more for now; one thread at a time. */
    private void moveDown() {
        if (reasons.getAndIncrement() == 0) {
            moveDown(MOST_AT_ONCE);
        }
        // otherwise whoever is at it goes on
    }

    private void moveDown(int most) {
        int seen = 1;
        int moved = 0;
        do {
            byte[] buffer = Buffers.take();
            while (!downOver && personTakes && moveSome(buffer)) {
                if (++moved == most) {
                    // The thread may be one that serves other connections too.
                    Buffers.give(buffer);
                    Thread.ofVirtual().name("relay-down").start(() -> moveDown(Integer.MAX_VALUE));
                    return;
                }
            }
            Buffers.give(buffer);
            seen = reasons.addAndGet(-seen);
        } while (seen > 0);
    }

    private boolean moveSome(byte[] buffer) {
        int count;
        try {
            count = workspace.readNow(buffer, 0, buffer.length);
        } catch (IOException e) {
            finishDown(End.WORKSPACE_LOST);
            return false;
        }
        if (count < 0) {
            finishDown(End.WORKSPACE);
        } else if (count > 0) {
            deliver(ByteBuffer.wrap(buffer, 0, count));
        }
        return count > 0;
    }

    private void deliver(ByteBuffer bytes) {
        int count = bytes.remaining();
        // Before, since the person's side may say that it takes more before it returns.
        personTakes = false;
        try {
            if (person.send(bytes)) {
                personTakes = true;
            }
            toPerson.addAndGet(count);
        } catch (IOException e) {
            workspace.reset();
            finishDown(End.PERSON_LOST);
        }
    }

    private void finishDown(End why) {
        downOver = true;
        end.compareAndSet(null, why);
        over.countDown();
    }

    private final class Person implements Link.Receiver {
        /** A workspace that takes no more bytes may still be sending. */
        @Override
        public void received(ByteBuffer chunk) {
            while (workspaceTakes && chunk.hasRemaining()) {
                try {
                    int count = workspace.writeNow(chunk);
                    if (count == 0) {
                        return;
                    }
                    fromPerson.addAndGet(count);
                } catch (IOException e) {
                    workspaceTakes = false;
                }
            }
            chunk.position(chunk.limit());
        }

        @Override
        public void writable() {
            personTakes = true;
            moveDown();
        }

        @Override
        public void ended(@Nullable IOException cause) {
            end.compareAndSet(null, cause == null ? End.PERSON : End.PERSON_LOST);
            personGone.countDown();
            over.countDown();
        }
    }
}
