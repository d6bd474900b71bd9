package dev.cloister.server.connection;

import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.ListeningPorts;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.StreamReply;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.contract.ticket.TicketRefused;
import dev.cloister.contract.ticket.TicketVerifier;
import dev.cloister.contract.ticket.Tickets;
import dev.cloister.provisioner.TicketVerificationKey;
import dev.cloister.tunnel.ByteStream;
import dev.cloister.tunnel.drpc.DrpcClient;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxSettings;
import dev.cloister.tunnel.websocket.SocketDialer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An agent on the real protocol. It checks tickets as an agent must, echoes what arrives for SSH and terminals, and
 * splices ports to loopback.
 */
public final class FakeAgent implements AutoCloseable {
    final MuxSession mux;
    public final DrpcClient calls;
    public final List<Ticket> tickets = new CopyOnWriteArrayList<>();
    /** What it says listens in its workspace. */
    final ListeningPorts.Builder listening = ListeningPorts.newBuilder();

    final List<OpenStream> requests = new CopyOnWriteArrayList<>();
    private final TicketVerifier verifier;

    private FakeAgent(MuxSession mux, TicketVerifier verifier) {
        this.mux = mux;
        this.calls = new DrpcClient(mux);
        this.verifier = verifier;
    }

    public static FakeAgent connect(Arranged arranged, Arranged.Dev dev) throws IOException {
        return connect(arranged, dev, "?version=2.10&role=agent");
    }

    static FakeAgent connect(Arranged arranged, Arranged.Dev dev, String query) throws IOException {
        return connect(arranged, dev, arranged.api.url(), query);
    }

    /** To another server process of the same deployment. */
    static FakeAgent connect(Arranged arranged, Arranged.Dev dev, URI server) throws IOException {
        return connect(arranged, dev, server, "?version=2.10&role=agent");
    }

    private static FakeAgent connect(Arranged arranged, Arranged.Dev dev, URI server, String query) throws IOException {
        URI uri = server.resolve("/api/v2/workspaceagents/me/rpc" + query);
        var transport =
                dialer().open(uri, Map.of("Coder-Session-Token", dev.token().reveal()));
        var keys = arranged.connections.ticketKeys().verificationKeys().stream()
                .map((TicketVerificationKey key) -> Tickets.publicKey(key.id(), key.key()))
                .toList();
        var agent = new FakeAgent(
                MuxSession.client(transport, MuxSettings.defaults()),
                new TicketVerifier(keys, dev.agent(), Clock.systemUTC()));
        Thread.ofVirtual().start(agent::accept);
        return agent;
    }

    /** For servers without TLS. */
    static SocketDialer dialer() {
        return new SocketDialer(() -> {
            throw new IllegalStateException("this server is reached without TLS");
        });
    }

    private void accept() {
        try {
            while (true) {
                var stream = mux.accept();
                Thread.ofVirtual().start(() -> serve(stream));
            }
        } catch (IOException e) {
            // the session has ended
        }
    }

    private void serve(ByteStream stream) {
        try {
            var request = OpenStream.parseDelimitedFrom(stream.input());
            requests.add(request);
            try {
                tickets.add(verifier.verify(request.getTicket(), request.getChannel(), request.getPort()));
            } catch (TicketRefused e) {
                reply(
                        stream,
                        StreamReply.newBuilder().setRefusal(e.getMessage()).build());
                stream.close();
                return;
            }
            if (request.getChannel() == Channel.PORT) {
                splice(stream, request.getPort());
                return;
            }
            reply(stream, StreamReply.newBuilder().setOk(true).build());
            if (request.getChannel() == Channel.LISTENING_PORTS) {
                listening.build().writeDelimitedTo(stream.output());
                stream.output().flush();
                stream.closeOutput();
                return;
            }
            stream.input().transferTo(stream.output());
            stream.closeOutput();
        } catch (IOException e) {
            stream.reset();
        }
    }

    private static void splice(ByteStream stream, int port) throws IOException {
        Socket socket;
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            reply(
                    stream,
                    StreamReply.newBuilder().setRefusal("connection refused").build());
            stream.close();
            return;
        }
        try (socket) {
            reply(stream, StreamReply.newBuilder().setOk(true).build());
            var up = Thread.ofVirtual().start(() -> copy(stream.input(), socket));
            copy(socket.getInputStream(), stream.output());
            stream.closeOutput();
            up.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(InputStream in, Socket socket) {
        try {
            in.transferTo(socket.getOutputStream());
            socket.shutdownOutput();
        } catch (IOException e) {
            try {
                socket.close();
            } catch (IOException closing) {
                throw new UncheckedIOException(closing);
            }
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        in.transferTo(out);
    }

    private static void reply(ByteStream stream, StreamReply reply) throws IOException {
        reply.writeDelimitedTo(stream.output());
        stream.output().flush();
    }

    @Override
    public void close() {
        mux.close();
    }
}
