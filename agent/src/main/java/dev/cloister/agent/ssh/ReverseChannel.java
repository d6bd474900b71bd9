package dev.cloister.agent.ssh;

import dev.cloister.agent.splice.SocketStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.util.buffer.Buffer;

/** A channel that this side opens to the client for a connection made inside the workspace. */
final class ReverseChannel extends AbstractClientChannel {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Consumer<Buffer> details;
    private final ChannelRelay relay;

    private ReverseChannel(String type, Consumer<Buffer> details, SocketStream socket) {
        super(type);
        this.details = details;
        this.relay = new ChannelRelay(this, socket);
    }

    /**
     * Opens a channel for {@code socket}, which it takes over.
     *
     * @param details what the channel's type adds to its opening message
     */
    static void open(ConnectionService service, String type, Consumer<Buffer> details, SocketStream socket) {
        try {
            var channel = new ReverseChannel(type, details, socket);
            service.registerChannel(channel);
            channel.open().verify(PATIENCE);
            channel.relay.start(channel.getInvertedIn());
        } catch (IOException _) {
            // The client does not want it, or has gone.
            socket.close();
        }
    }

    /** As the library's, with the details at the end. */
    @Override
    public synchronized OpenFuture open() throws IOException {
        if (isClosing()) {
            throw new IOException("the connection is closing");
        }
        openFuture = new DefaultOpenFuture(this, futureLock);
        var window = getLocalWindow();
        var buffer = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_OPEN);
        buffer.putString(getChannelType());
        buffer.putUInt(getChannelId());
        buffer.putUInt(window.getSize());
        buffer.putUInt(window.getPacketSize());
        details.accept(buffer);
        writePacket(buffer);
        return openFuture;
    }

    @Override
    protected synchronized void doOpen() {
        invertedIn = new ChannelOutputStream(this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true);
    }

    @Override
    protected void doWriteData(byte[] data, int offset, long length) {
        relay.inbound().add(data, offset, (int) length);
    }

    @Override
    public void handleEof() throws IOException {
        super.handleEof();
        relay.inbound().close();
    }

    @Override
    protected void preClose() {
        relay.end();
        super.preClose();
    }
}
