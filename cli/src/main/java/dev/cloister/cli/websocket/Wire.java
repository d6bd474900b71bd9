package dev.cloister.cli.websocket;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A connection to a server, encrypted or not. Reading and writing block; closing makes both fail. */
interface Wire extends Closeable {
    /** An empty buffer that this wire fills and empties without further copies. */
    ByteBuffer buffer(int capacity);

    /** Reads at least one byte into the buffer, or returns -1 at the end. */
    int read(ByteBuffer target) throws IOException;

    /** Writes all that remains in the buffer. */
    void write(ByteBuffer source) throws IOException;
}
