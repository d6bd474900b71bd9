package dev.cloister.gateway.stream;

import dev.cloister.tunnel.ByteStream;
import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes between a person's transport and a stream into a workspace until one side ends, then ends the other. The
 * bytes are not looked at. Memory is one buffer a direction: whoever reads slowly slows the other side down.
 */
public final class Relay {
    /** Enough for a terminal; most connections are idle ones, and there are many of them. */
    private static final int SMALL = 4 * 1024;

    private static final int LARGE = 64 * 1024;

    private final Transport person;
    private final ByteStream workspace;
    private final AtomicLong fromPerson = new AtomicLong();
    private final AtomicLong toPerson = new AtomicLong();
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();

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

    public Relay(Transport person, ByteStream workspace) {
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

    /** Moves bytes on this thread and one more until the connection ends. Both sides are closed when it returns. */
    public End run() {
        Thread upward = Thread.ofVirtual().name("relay-up").start(this::moveUp);
        moveDown();
        person.close();
        try {
            upward.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Objects.requireNonNullElse(end.get(), End.PERSON_LOST);
    }

    /** Until the workspace's side ends, or the person cannot be reached any more. */
    private void moveDown() {
        byte[] buffer = new byte[SMALL];
        try {
            int count;
            while ((count = workspace.input().read(buffer)) >= 0) {
                if (!deliver(buffer, count)) {
                    return;
                }
                buffer = sized(buffer, count);
            }
            end.compareAndSet(null, End.WORKSPACE);
            workspace.close();
        } catch (IOException e) {
            end.compareAndSet(null, End.WORKSPACE_LOST);
        }
    }

    /** A larger buffer after one that was filled, a small one again when the traffic has ebbed. */
    private static byte[] sized(byte[] buffer, int count) {
        if (count == buffer.length && buffer.length < LARGE) {
            return new byte[LARGE];
        }
        return count < SMALL && buffer.length > SMALL ? new byte[SMALL] : buffer;
    }

    private boolean deliver(byte[] buffer, int count) {
        try {
            person.write(ByteBuffer.wrap(buffer, 0, count));
        } catch (IOException e) {
            end.compareAndSet(null, End.PERSON_LOST);
            workspace.reset();
            return false;
        }
        toPerson.addAndGet(count);
        return true;
    }

    /** Until the person's side ends. A workspace that takes no more bytes may still be sending. */
    private void moveUp() {
        byte[] buffer = new byte[SMALL];
        boolean taken = true;
        try {
            ByteBuffer chunk;
            while ((chunk = person.read()) != null) {
                int count = chunk.remaining();
                taken = taken && pass(chunk, buffer);
                buffer = sized(buffer, Math.min(count, buffer.length));
            }
            end.compareAndSet(null, End.PERSON);
        } catch (IOException e) {
            end.compareAndSet(null, End.PERSON_LOST);
        }
        workspace.close();
    }

    private boolean pass(ByteBuffer chunk, byte[] buffer) {
        try {
            while (chunk.hasRemaining()) {
                int count = Math.min(chunk.remaining(), buffer.length);
                chunk.get(buffer, 0, count);
                workspace.output().write(buffer, 0, count);
                fromPerson.addAndGet(count);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
