package dev.cloister.agent.splice;

import dev.cloister.tunnel.ByteStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** A connected socket, TCP or unix, as a byte stream. */
public final class SocketStream implements ByteStream {
    private final SocketChannel channel;
    private final InputStream input;
    private final OutputStream output;

    public SocketStream(SocketChannel channel) {
        this.channel = channel;
        this.input = Channels.newInputStream(channel);
        this.output = Channels.newOutputStream(channel);
    }

    public static SocketStream connect(SocketAddress address) throws IOException {
        return new SocketStream(SocketChannel.open(address));
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
        try {
            channel.shutdownOutput();
        } catch (IOException _) {
            close();
        }
    }

    @Override
    public void reset() {
        close();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // A socket that cannot be closed is closed by the peer or with the process.
        }
    }
}
