package dev.cloister.tunnel;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A byte stream that can also be moved by events, by whoever must not wait. One thread at a time reads, one writes. */
public interface EventStream extends ByteStream {
    /**
     * Bytes that have arrived, without waiting.
     *
     * @return the count, zero where nothing is there, -1 at the end of the stream
     */
    int readNow(byte[] to, int offset, int length) throws IOException;

    /** Takes as many bytes as there is room for, without waiting, and says how many; zero where there is none. */
    int writeNow(ByteBuffer from) throws IOException;

    /** Runs {@code told} whenever {@link #readNow} may have something new to say; it must not wait for anything. */
    void onReadable(Runnable told);

    /** Runs {@code told} whenever {@link #writeNow} may find room again, or fail; it must not wait for anything. */
    void onWritable(Runnable told);
}
