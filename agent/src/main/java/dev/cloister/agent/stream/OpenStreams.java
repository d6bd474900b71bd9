package dev.cloister.agent.stream;

import dev.cloister.contract.agent.OpenStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the header of a stream: a varint length and so many bytes of {@link OpenStream}, never more. */
final class OpenStreams {
    static final int LONGEST = 16 * 1024;
    private static final int LENGTH_BYTES = 3;

    private OpenStreams() {}

    /** @throws IOException if the header is too long, cut short or not what it should be */
    static OpenStream read(InputStream input) throws IOException {
        int length = length(input);
        var bytes = input.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the stream ended in its header");
        }
        return OpenStream.parseFrom(bytes);
    }

    /** Read byte by byte: what follows the header belongs to the channel. */
    private static int length(InputStream input) throws IOException {
        int length = 0;
        for (int i = 0; i < LENGTH_BYTES; i++) {
            int next = input.read();
            if (next < 0) {
                throw new EOFException("the stream ended before its header");
            }
            length |= (next & 0x7f) << (7 * i);
            if (next < 0x80) {
                if (length > LONGEST) {
                    break;
                }
                return length;
            }
        }
        throw new IOException("the header is longer than " + LONGEST + " bytes");
    }
}
