package dev.cloister.agent.ssh;

import dev.cloister.agent.splice.SocketStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.sshd.common.channel.AbstractChannel;

/**
 * Joins a channel and a socket. Each direction ends by itself, so that who has said everything can still listen; the
 * channel closes when both have ended.
 */
final class ChannelRelay {
    private static final int CHUNK = 32 * 1024;
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final AbstractChannel channel;
    private final SocketStream socket;
    private final InboundQueue inbound;
    private final Thread toSocket = Thread.ofVirtual().name("forward-in").unstarted(this::feedSocket);

    ChannelRelay(AbstractChannel channel, SocketStream socket) {
        this.channel = channel;
        this.socket = socket;
        this.inbound = new InboundQueue(channel);
    }

    /** What arrived on the channel, for the socket. */
    InboundQueue inbound() {
        return inbound;
    }

    /** @param outgoing where bytes for the client go; closing it says that there are no more */
    void start(OutputStream outgoing) {
        toSocket.start();
        Thread.ofVirtual().name("forward-out").start(() -> {
            feedChannel(outgoing);
            try {
                toSocket.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                socket.close();
                channel.close(false);
            }
        });
    }

    /** The channel has closed: what it brought is still delivered, if the socket takes it in good time. */
    void end() {
        inbound.close();
        Thread.ofVirtual().name("forward-end").start(() -> {
            try {
                if (toSocket.getState() != Thread.State.NEW) {
                    toSocket.join(FAREWELL);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                socket.close();
            }
        });
    }

    private void feedSocket() {
        try {
            inbound.drainTo(socket.output());
            socket.closeOutput();
        } catch (IOException _) {
            socket.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void feedChannel(OutputStream outgoing) {
        var chunk = new byte[CHUNK];
        try (outgoing) {
            int length;
            while ((length = socket.input().read(chunk)) >= 0) {
                outgoing.write(chunk, 0, length);
                outgoing.flush();
            }
        } catch (IOException _) {
            // The socket was reset, or the channel has closed, in which case the other direction ends as well.
            inbound.close();
        }
    }
}
