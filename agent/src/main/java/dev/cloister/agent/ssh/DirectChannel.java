package dev.cloister.agent.ssh;

import dev.cloister.agent.splice.SocketStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.ChannelOutputStream;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.AbstractServerChannel;
import org.jspecify.annotations.Nullable;

/** A connection that the client forwards into the workspace ({@code direct-tcpip}, RFC 4254, 7.2). */
final class DirectChannel extends AbstractServerChannel {
    private volatile @Nullable ChannelRelay relay;

    private DirectChannel() {
        super("", List.of(), null);
    }

    static final class Factory implements ChannelFactory {
        @Override
        public String getName() {
            return "direct-tcpip";
        }

        @Override
        public Channel createChannel(Session session) {
            return new DirectChannel();
        }
    }

    @Override
    protected OpenFuture doInit(Buffer buffer) {
        var host = buffer.getString();
        int port = buffer.getInt();
        var opening = new DefaultOpenFuture(this, futureLock);
        if (!TicketFilter.ticket(getSession()).getAllowLocalForwarding()) {
            refuse(
                    opening,
                    SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED,
                    "this connection does not allow forwarding");
        } else if (port < 1 || port > 65_535) {
            refuse(opening, SshConstants.SSH_OPEN_CONNECT_FAILED, "there is no such port");
        } else {
            Thread.ofVirtual().name("forward-connect").start(() -> connect(host, port, opening));
        }
        return opening;
    }

    private void connect(String host, int port, OpenFuture opening) {
        try {
            // An unresolved name is an error of its own, with the name in its message.
            var socket = SocketStream.connect(new InetSocketAddress(host, port));
            var joined = new ChannelRelay(this, socket);
            relay = joined;
            // This tells the client, who may be sent data only then.
            signalChannelOpenSuccess();
            opening.setOpened();
            joined.start(
                    new ChannelOutputStream(this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true));
        } catch (IOException | RuntimeException e) {
            refuse(opening, SshConstants.SSH_OPEN_CONNECT_FAILED, host + ": " + e.getMessage());
        }
    }

    private void refuse(OpenFuture opening, int reason, String message) {
        opening.setException(new SshChannelOpenException(getChannelId(), reason, message));
        close(true);
    }

    @Override
    protected void doWriteData(byte[] data, int offset, long length) {
        var joined = relay;
        if (joined != null) {
            joined.inbound().add(data, offset, (int) length);
        }
    }

    @Override
    protected void doWriteExtendedData(byte[] data, int offset, long length) throws IOException {
        throw new IOException("a forwarded connection has one stream of data");
    }

    @Override
    public void handleEof() throws IOException {
        super.handleEof();
        var joined = relay;
        if (joined != null) {
            joined.inbound().close();
        }
    }

    @Override
    protected void preClose() {
        var joined = relay;
        if (joined != null) {
            joined.end();
        }
        super.preClose();
    }
}
