package dev.cloister.tunnel.websocket;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A blocking connection, encrypted or not, that takes and gives bytes without copies of its own. */
interface Wire extends Closeable {
    /** An empty big-endian buffer of the kind that this wire can use as it is. */
    ByteBuffer buffer(int capacity);

    /** Reads at least one byte, or returns -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Writes everything that remains. */
    void write(ByteBuffer from) throws IOException;
}
