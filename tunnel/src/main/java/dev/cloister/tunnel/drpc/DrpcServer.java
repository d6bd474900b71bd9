package dev.cloister.tunnel.drpc;

import dev.cloister.tunnel.ByteStream;
import dev.cloister.tunnel.mux.MuxSession;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers calls. Safe for use by many threads. */
public final class DrpcServer {
    private static final System.Logger LOG = System.getLogger(DrpcServer.class.getName());

    private final Map<String, DrpcMethod> methods;

    /** @param methods by full name, such as {@code /package.Service/Method} */
    public DrpcServer(Map<String, DrpcMethod> methods) {
        this.methods = Map.copyOf(methods);
    }

    /** Answers the calls of every stream that the peer opens, until the session ends. */
    public void serveAll(MuxSession session) {
        while (true) {
            ByteStream stream;
            try {
                stream = session.accept();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "No more calls: {0}", e.getMessage());
                return;
            }
            Thread.ofVirtual().name("drpc-call").start(() -> serve(stream));
        }
    }

    /** Answers the calls that arrive on {@code stream}, one after the other, until it ends, and closes it. */
    public void serve(ByteStream stream) {
        try {
            var reader = new PacketReader(stream.input());
            long answered = 0;
            Packet packet;
            while ((packet = reader.read()) != null) {
                if (packet.stream() == answered || packet.kind() == Packet.INVOKE_METADATA) {
                    continue; // what a client says to end a call needs no answer; metadata is for tracing
                }
                answered = packet.stream();
                serveCall(packet, reader, new PacketWriter(stream.output(), packet.stream()));
            }
            stream.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A call ended early: {0}", e.getMessage());
            stream.reset();
        }
    }

    private void serveCall(Packet invoke, PacketReader reader, PacketWriter writer) throws IOException {
        if (invoke.kind() != Packet.INVOKE) {
            throw new IOException("A call begins with a packet of kind " + invoke.kind() + ".");
        }
        var method = methods.get(invoke.text());
        if (method == null) {
            writer.put(Packet.ERROR, Packet.error(DrpcException.UNIMPLEMENTED, "Unimplemented"));
            writer.flush();
            return;
        }
        var request = request(invoke, reader);
        if (request == null) {
            return;
        }
        answer(invoke.text(), method, request, writer);
        writer.flush();
    }

    /** The request, or null when the client has given the call up. */
    private static byte @Nullable [] request(Packet invoke, PacketReader reader) throws IOException {
        var packet = reader.read();
        if (packet == null || packet.stream() != invoke.stream()) {
            throw new IOException("A call has no request.");
        }
        return switch (packet.kind()) {
            case Packet.MESSAGE -> packet.data();
            case Packet.CANCEL, Packet.CLOSE, Packet.ERROR -> null;
            default -> throw new IOException("A call goes on with a packet of kind " + packet.kind() + ".");
        };
    }

    private static void answer(String name, DrpcMethod method, byte[] request, PacketWriter writer) throws IOException {
        byte[] reply;
        try {
            reply = method.handle(request);
        } catch (DrpcException e) {
            writer.put(Packet.ERROR, Packet.error(e.code(), String.valueOf(e.getMessage())));
            return;
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, name + " failed.", e);
            writer.put(Packet.ERROR, Packet.error(0, "The call failed."));
            return;
        }
        if (reply.length > PacketReader.MAX_PACKET) {
            LOG.log(System.Logger.Level.WARNING, "{0} has a reply of {1} bytes.", name, reply.length);
            writer.put(Packet.ERROR, Packet.error(0, "The reply is too large."));
            return;
        }
        writer.put(Packet.MESSAGE, reply);
        writer.put(Packet.CLOSE_SEND);
    }
}
