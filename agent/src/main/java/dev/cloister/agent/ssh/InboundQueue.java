package dev.cloister.agent.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.sshd.common.channel.AbstractChannel;
import org.apache.sshd.server.channel.ChannelDataReceiver;
import org.apache.sshd.server.channel.ChannelSession;

/**
 * Bytes that arrived on a channel, for a reader that may be slower than the connection: the connection goes on with its
 * other channels. What waits here is bounded by the channel's window, which grows again as bytes are taken; it is kept
 * as one run of bytes, so that a client that sends them singly costs no more.
 */
final class InboundQueue implements ChannelDataReceiver {
    private static final byte[] NOTHING = {};

    private final AbstractChannel channel;
    private byte[] waiting = NOTHING;
    private int length;
    private boolean ended;

    InboundQueue(AbstractChannel channel) {
        this.channel = channel;
    }

    @Override
    public int data(ChannelSession source, byte[] buffer, int start, int count) {
        add(buffer, start, count);
        // Nothing is consumed yet: the window is given back when the reader has taken it.
        return 0;
    }

    synchronized void add(byte[] buffer, int start, int count) {
        if (length + count > waiting.length) {
            waiting = Arrays.copyOf(waiting, Math.max(length + count, 2 * waiting.length));
        }
        System.arraycopy(buffer, start, waiting, length, count);
        length += count;
        notifyAll();
    }

    /** Called at the client's end of file and when the channel closes. */
    @Override
    public synchronized void close() {
        ended = true;
        notifyAll();
    }

    /** Moves everything to {@code sink} until the end; if it takes no more, the rest is dropped, as a pipe would. */
    void drainTo(OutputStream sink) throws InterruptedException, IOException {
        boolean broken = false;
        byte[] chunk;
        while ((chunk = take()).length > 0) {
            if (!broken) {
                try {
                    sink.write(chunk);
                    sink.flush();
                } catch (IOException _) {
                    broken = true;
                }
            }
            if (!channel.isClosing()) {
                channel.getLocalWindow().release(chunk.length);
            }
        }
    }

    private synchronized byte[] take() throws InterruptedException {
        while (length == 0 && !ended) {
            wait();
        }
        var chunk = length == waiting.length ? waiting : Arrays.copyOf(waiting, length);
        waiting = NOTHING;
        length = 0;
        return chunk;
    }
}
