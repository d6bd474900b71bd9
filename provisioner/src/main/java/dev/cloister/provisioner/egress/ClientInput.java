package dev.cloister.provisioner.egress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What a client sends, buffered, so that a head can be read and the rest passed on as it comes. */
final class ClientInput extends InputStream {
    private final SocketChannel channel;
    private final Runnable onBytes;
    private final ByteBuffer buffer = ByteBuffer.allocate(8192).flip();

    /** @param onBytes told of every arrival */
    ClientInput(SocketChannel channel, Runnable onBytes) {
        this.channel = channel;
        this.onBytes = onBytes;
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        var count = Math.min(length, buffer.remaining());
        buffer.get(target, offset, count);
        return count;
    }

    /** Bytes that came together with the head. */
    ByteBuffer rest() {
        return buffer;
    }

    private boolean fill() throws IOException {
        if (buffer.hasRemaining()) {
            return true;
        }
        buffer.clear();
        var count = channel.read(buffer);
        buffer.flip();
        onBytes.run();
        return count > 0;
    }
}
