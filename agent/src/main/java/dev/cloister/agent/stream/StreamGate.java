package dev.cloister.agent.stream;

import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.StreamReply;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.contract.ticket.TicketRefused;
import dev.cloister.contract.ticket.TicketVerifier;
import dev.cloister.tunnel.EventStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only way in. A stream says what it wants and shows a ticket; if the ticket covers it, the channel takes over,
 * otherwise the other side gets a sentence and the stream ends.
 */
public final class StreamGate {
    private static final Logger LOG = LoggerFactory.getLogger(StreamGate.class);
    private static final int MOST = 512;

    private final TicketVerifier verifier;
    private final Map<Channel, StreamChannel> channels;
    private final Connections connections;
    private final Duration patience;
    private final Semaphore places = new Semaphore(MOST);

    /** @param patience how long a stream may take to send its header */
    public StreamGate(
            TicketVerifier verifier, Map<Channel, StreamChannel> channels, Connections connections, Duration patience) {
        this.verifier = verifier;
        this.channels = Map.copyOf(channels);
        this.connections = connections;
        this.patience = patience;
    }

    /** Serves {@code stream} on a thread of its own. */
    public void admit(EventStream stream) {
        if (!places.tryAcquire()) {
            LOG.warn("a stream is refused: {} are open", MOST);
            stream.reset();
            return;
        }
        Thread.ofVirtual().name("stream").start(() -> {
            try {
                serve(new CountedStream(stream, connections.received(), connections.sent()));
            } catch (IOException e) {
                LOG.debug("a stream failed: {}", e.toString());
                stream.reset();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                stream.reset();
            } catch (RuntimeException e) {
                LOG.error("a stream failed", e);
                stream.reset();
            } finally {
                places.release();
            }
        });
    }

    private void serve(EventStream stream) throws IOException, InterruptedException {
        var request = cutOffAfterPatience(stream, () -> OpenStreams.read(stream.input()));
        try {
            var ticket = verifier.verify(request.getTicket(), request.getChannel(), request.getPort());
            enter(stream, request, ticket);
        } catch (TicketRefused | StreamRefused e) {
            LOG.warn("a stream to {} is refused: {}", request.getChannel(), e.getMessage());
            refuse(stream, String.valueOf(e.getMessage()));
        } finally {
            stream.close();
        }
    }

    private void enter(EventStream stream, OpenStream request, Ticket ticket)
            throws StreamRefused, IOException, InterruptedException {
        var channel = channels.get(request.getChannel());
        if (channel == null) {
            throw new StreamRefused("there is no such channel");
        }
        var session = channel.open(request, ticket);
        try (var _ = connections.enter(ticket, request.getChannel())) {
            reply(stream, StreamReply.newBuilder().setOk(true));
            session.serve(stream);
        }
    }

    /** Says why, and waits for the other side to end: closing over bytes not yet read would lose the answer. */
    private void refuse(EventStream stream, String why) throws IOException {
        reply(stream, StreamReply.newBuilder().setRefusal(why));
        stream.closeOutput();
        cutOffAfterPatience(stream, () -> stream.input().readNBytes(OpenStreams.LONGEST));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    /** A stream whose other side takes too long is reset, which ends the reading. */
    private <T> T cutOffAfterPatience(EventStream stream, Reading<T> reading) throws IOException {
        var watch = Thread.ofVirtual().name("stream-watch").start(() -> {
            try {
                Thread.sleep(patience);
                stream.reset();
            } catch (InterruptedException _) {
                // It came in time.
                Thread.currentThread().interrupt();
            }
        });
        try {
            return reading.read();
        } finally {
            watch.interrupt();
        }
    }

    private static void reply(EventStream stream, StreamReply.Builder reply) throws IOException {
        var bytes = new ByteArrayOutputStream();
        reply.build().writeDelimitedTo(bytes);
        stream.output().write(bytes.toByteArray());
        stream.output().flush();
    }
}
