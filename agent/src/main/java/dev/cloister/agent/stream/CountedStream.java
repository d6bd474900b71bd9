package dev.cloister.agent.stream;

import dev.cloister.tunnel.ByteStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.LongAdder;

/** A stream whose bytes are counted. */
final class CountedStream implements ByteStream {
    private final ByteStream stream;
    private final InputStream input;
    private final OutputStream output;

    CountedStream(ByteStream stream, LongAdder received, LongAdder sent) {
        this.stream = stream;
        this.input = new FilterInputStream(stream.input()) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = super.read(into, offset, length);
                received.add(Math.max(0, count));
                return count;
            }
        };
        this.output = new FilterOutputStream(stream.output()) {
            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                out.write(from, offset, length);
                sent.add(length);
            }
        };
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void closeOutput() {
        stream.closeOutput();
    }

    @Override
    public void reset() {
        stream.reset();
    }

    @Override
    public void close() {
        stream.close();
    }
}
