package dev.cloister.agent.ssh;

import dev.cloister.agent.splice.SocketStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.apache.sshd.client.channel.AbstractClientChannel;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.ChannelOutputStream;

/** One connection to the client's SSH agent ({@code auth-agent@openssh.com}). */
final class AgentChannel extends AbstractClientChannel {
    private static final int CHUNK = 4 * 1024;

    private final SocketStream socket;
    private final InboundQueue answers = new InboundQueue(this);

    AgentChannel(SocketChannel socket) {
        super("auth-agent@openssh.com");
        this.socket = new SocketStream(socket);
    }

    /** Moves requests to the client and answers back until either side ends. */
    void run() {
        Thread.ofVirtual().name("agent-answers").start(this::answer);
        var chunk = new byte[CHUNK];
        try {
            int length;
            while ((length = socket.input().read(chunk)) >= 0) {
                getInvertedIn().write(chunk, 0, length);
                getInvertedIn().flush();
            }
        } catch (IOException _) {
            // The program that asked has gone, or the client has.
        } finally {
            answers.close();
            close(false);
        }
    }

    private void answer() {
        try {
            answers.drainTo(socket.output());
        } catch (IOException _) {
            // The channel has closed.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            socket.close();
        }
    }

    @Override
    protected synchronized void doOpen() {
        invertedIn = new ChannelOutputStream(this, getRemoteWindow(), log, SshConstants.SSH_MSG_CHANNEL_DATA, true);
    }

    @Override
    protected void doWriteData(byte[] data, int offset, long length) {
        answers.add(data, offset, (int) length);
    }

    @Override
    public void handleEof() throws IOException {
        super.handleEof();
        answers.close();
    }

    @Override
    protected void preClose() {
        answers.close();
        super.preClose();
    }
}
