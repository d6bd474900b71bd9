package dev.cloister.tunnel.drpc;

import dev.cloister.tunnel.ByteStream;
import dev.cloister.tunnel.mux.MuxSession;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Calls methods of the session's peer, each call on a stream of its own. Safe for use by many threads. */
public final class DrpcClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MuxSession session;
    private final Duration timeout;

    /** A client whose calls take at most 30 seconds. */
    public DrpcClient(MuxSession session) {
        this(session, PATIENCE);
    }

    public DrpcClient(MuxSession session, Duration timeout) {
        this.session = session;
        this.timeout = timeout;
    }

    /**
     * Calls a method and waits for its reply.
     *
     * @param method full name, such as {@code /package.Service/Method}
     * @throws DrpcException when the peer answers with an error
     * @throws SocketTimeoutException when the peer does not answer in time
     * @throws IOException when the connection fails or the peer breaks the protocol
     */
    public byte[] call(String method, byte[] request) throws IOException {
        if (request.length > PacketReader.MAX_PACKET) {
            throw new IOException("A request of " + request.length + " bytes is more than " + PacketReader.MAX_PACKET);
        }
        var stream = session.open();
        var late = new AtomicBoolean();
        var watch = Thread.ofVirtual().name("drpc-watch").start(() -> cutOff(stream, late));
        try {
            var reply = exchange(stream, method, request);
            stream.close();
            return reply;
        } catch (DrpcException e) {
            stream.close();
            throw e;
        } catch (IOException e) {
            stream.reset();
            if (late.get()) {
                var expired =
                        new SocketTimeoutException(method + " was not answered within " + timeout.toMillis() + " ms.");
                expired.initCause(e);
                throw expired;
            }
            throw e;
        } finally {
            watch.interrupt();
        }
    }

    private void cutOff(ByteStream stream, AtomicBoolean late) {
        try {
            Thread.sleep(timeout);
            late.set(true);
            stream.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the call has ended in time
        }
    }

    private static byte[] exchange(ByteStream stream, String method, byte[] request) throws IOException {
        var writer = new PacketWriter(stream.output(), 1);
        writer.put(Packet.INVOKE, method.getBytes(StandardCharsets.UTF_8));
        writer.put(Packet.MESSAGE, request);
        writer.put(Packet.CLOSE_SEND);
        writer.flush();
        var reader = new PacketReader(stream.input());
        var reply = reply(reader);
        awaitEnd(reader);
        writer.put(Packet.CLOSE);
        writer.flush();
        return reply;
    }

    private static byte[] reply(PacketReader reader) throws IOException {
        var packet = reader.read();
        if (packet == null) {
            throw new IOException("The peer ended the stream without a reply.");
        }
        return switch (packet.kind()) {
            case Packet.MESSAGE -> packet.data();
            case Packet.ERROR -> throw packet.asException();
            case Packet.CANCEL -> throw new DrpcException(0, "The peer cancelled the call.");
            case Packet.CLOSE, Packet.CLOSE_SEND -> throw new IOException("The peer closed the call without a reply.");
            default -> throw new IOException("The peer answered with a packet of kind " + packet.kind() + ".");
        };
    }

    private static void awaitEnd(PacketReader reader) throws IOException {
        var packet = reader.read();
        if (packet == null || packet.kind() == Packet.CLOSE_SEND || packet.kind() == Packet.CLOSE) {
            return;
        }
        if (packet.kind() == Packet.ERROR) {
            throw packet.asException();
        }
        throw new IOException("The peer sent a packet of kind " + packet.kind() + " after its reply.");
    }
}
