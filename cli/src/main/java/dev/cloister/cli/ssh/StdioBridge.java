package dev.cloister.cli.ssh;

import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Carries bytes between a pair of channels and a stream until either side ends. Each direction has its own thread of
 * the platform's, because reading a pipe would hold on to a virtual thread's carrier anyway.
 */
final class StdioBridge {
    /** OpenSSH writes at most its packet size of 32 KiB at a time; twice that leaves room for two. */
    private static final int CHUNK = 64 << 10;

    private StdioBridge() {}

    /** Returns when the stream has ended in an orderly way, from whichever side. */
    static void carry(ReadableByteChannel in, WritableByteChannel out, Transport stream) throws IOException {
        var end = new End(stream);
        Thread.ofPlatform().daemon().name("to-workspace").start(() -> send(in, end));
        try {
            for (var chunk = stream.read(); chunk != null; chunk = stream.read()) {
                while (chunk.hasRemaining()) {
                    out.write(chunk);
                }
            }
        } catch (IOException broken) {
            if (!end.inputEnded) { // otherwise this is only the stream that we have closed ourselves
                throw broken;
            }
        } finally {
            stream.close();
        }
    }

    private static void send(ReadableByteChannel in, End end) {
        var buffer = ByteBuffer.allocateDirect(CHUNK);
        try {
            while (in.read(buffer) >= 0) {
                end.stream.write(buffer.flip());
                buffer.clear();
            }
            end.inputEnded = true;
        } catch (IOException broken) {
            // the reader of the stream sees the same end and knows why
        } finally {
            end.stream.close();
        }
    }

    private static final class End {
        private final Transport stream;
        private volatile boolean inputEnded;

        End(Transport stream) {
            this.stream = stream;
        }
    }
}
