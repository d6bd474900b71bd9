package dev.cloister.agent.stream;

import dev.cloister.tunnel.EventStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/** A stream whose bytes are counted. */
final class CountedStream implements EventStream {
    private final EventStream stream;
    private final LongAdder received;
    private final LongAdder sent;
    private final InputStream input;
    private final OutputStream output;

    CountedStream(EventStream stream, LongAdder received, LongAdder sent) {
        this.stream = stream;
        this.received = received;
        this.sent = sent;
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
    public int readNow(byte[] to, int offset, int length) throws IOException {
        int count = stream.readNow(to, offset, length);
        received.add(Math.max(0, count));
        return count;
    }

    @Override
    public int writeNow(ByteBuffer from) throws IOException {
        int count = stream.writeNow(from);
        sent.add(count);
        return count;
    }

    @Override
    public void onReadable(Runnable told) {
        stream.onReadable(told);
    }

    @Override
    public void onWritable(Runnable told) {
        stream.onWritable(told);
    }

    @Override
    public boolean isInputEnded() {
        return stream.isInputEnded();
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
