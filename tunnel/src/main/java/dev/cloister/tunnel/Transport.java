package dev.cloister.tunnel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A connection that carries one byte stream each way in chunks, such as a WebSocket with a message per chunk. Chunk
 * borders carry no meaning. At most one thread writes and one thread reads at a time; {@link #close} may come from any
 * thread and makes a blocked {@link #read} or {@link #write} return promptly with an {@link IOException}.
 */
public interface Transport extends Closeable {
    /** Sends what remains in {@code chunk}; blocks until it is handed over, after which the buffer may be reused. */
    void write(ByteBuffer chunk) throws IOException;

    /**
     * The next chunk, or null when the peer has ended the connection in an orderly way. The buffer is valid until the
     * next call. A connection that breaks is an {@link IOException}, never null.
     */
    @Nullable
    ByteBuffer read() throws IOException;

    /** Ends the connection. Never blocks for long and never throws; closing twice is harmless. */
    @Override
    void close();
}
