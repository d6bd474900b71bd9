package dev.cloister.tunnel;

import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A two-way byte stream whose directions end separately, like a TCP connection. One thread reads and one writes;
 * {@link #reset} and {@link #close} may come from any thread and end blocked calls with an {@link
 * java.io.IOException}.
 */
public interface ByteStream extends Closeable {
    /** Bytes from the peer. End of file means that the peer finished its direction in an orderly way. */
    InputStream input();

    /** Bytes to the peer. Closing it is {@link #closeOutput}. */
    OutputStream output();

    /**
     * Whether the peer is known to have ended its direction, in an orderly way or not; what arrived before may still be
     * unread. A kind of stream that cannot know says no.
     */
    default boolean isInputEnded() {
        return false;
    }

    /** Tells the peer that no more bytes will come; reading goes on. Does nothing when already done. */
    void closeOutput();

    /** Ends both directions at once and discards what is on its way; the peer sees an error, not an end of file. */
    void reset();

    /**
     * Ends both directions in an orderly way: what was written is delivered, what arrives from now on is discarded (and
     * resets the stream, as TCP does, so that the peer does not write into the void).
     */
    @Override
    void close();
}
