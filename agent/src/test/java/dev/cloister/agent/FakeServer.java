package dev.cloister.agent;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.cloister.agent.bootstrap.AgentToken;
import dev.cloister.agent.bootstrap.Enrollment;
import dev.cloister.agent.control.Dialer;
import dev.cloister.agent.splice.SocketStream;
import dev.cloister.agent.splice.Splice;
import dev.cloister.agent.training.WebSockets;
import dev.cloister.agent.workplace.UserAccount;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.BatchCreateLogsRequest;
import dev.cloister.contract.agent.BatchCreateLogsResponse;
import dev.cloister.contract.agent.BatchUpdateAppHealthRequest;
import dev.cloister.contract.agent.BatchUpdateAppHealthResponse;
import dev.cloister.contract.agent.BatchUpdateMetadataRequest;
import dev.cloister.contract.agent.BatchUpdateMetadataResponse;
import dev.cloister.contract.agent.Bootstrap;
import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.Connection;
import dev.cloister.contract.agent.Lifecycle;
import dev.cloister.contract.agent.Log;
import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.Metadata;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.ReportConnectionRequest;
import dev.cloister.contract.agent.SignedTicket;
import dev.cloister.contract.agent.StreamReply;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.contract.agent.Timing;
import dev.cloister.contract.agent.UpdateLifecycleRequest;
import dev.cloister.contract.agent.UpdateStartupRequest;
import dev.cloister.contract.agent.UpdateStatsResponse;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.agent.WorkspaceAgentScriptCompletedRequest;
import dev.cloister.contract.agent.WorkspaceAgentScriptCompletedResponse;
import dev.cloister.contract.ticket.TicketIssuer;
import dev.cloister.contract.ticket.Tickets;
import dev.cloister.tunnel.Link;
import dev.cloister.tunnel.LoopbackTransport;
import dev.cloister.tunnel.ThreadedLink;
import dev.cloister.tunnel.Transport;
import dev.cloister.tunnel.drpc.DrpcMethod;
import dev.cloister.tunnel.drpc.DrpcServer;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxSettings;
import dev.cloister.tunnel.mux.MuxStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The server's side of the agent protocol in memory: answers calls, remembers what was said, opens streams. */
public final class FakeServer implements Dialer, AutoCloseable {
    public static final UUID AGENT = UUID.randomUUID();
    public static final ByteString ADA = UuidBytes.of(UUID.randomUUID());
    public static final ByteString BOB = UuidBytes.of(UUID.randomUUID());

    public final KeyPair ticketKeys = keys("Ed25519");
    public final TicketIssuer issuer = new TicketIssuer("k1", ticketKeys.getPrivate(), Clock.systemUTC());
    public final List<Lifecycle.State> states = new CopyOnWriteArrayList<>();
    public final List<Log> logs = new CopyOnWriteArrayList<>();
    public final List<Timing> timings = new CopyOnWriteArrayList<>();
    public final List<Metadata> metadata = new CopyOnWriteArrayList<>();
    public final List<BatchUpdateAppHealthRequest.HealthUpdate> healths = new CopyOnWriteArrayList<>();
    public final List<Connection> connections = new CopyOnWriteArrayList<>();
    public final List<UpdateStartupRequest> startups = new CopyOnWriteArrayList<>();

    private final Manifest manifest;
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
    private volatile @Nullable MuxSession session;
    private volatile boolean unreachable;

    public FakeServer(Manifest manifest) {
        this.manifest = manifest;
    }

    @Override
    public Link dial() throws IOException {
        if (unreachable) {
            throw new IOException("the fake server is away");
        }
        var pair = LoopbackTransport.pair();
        serve(pair.right());
        return new ThreadedLink(pair.left());
    }

    private void serve(Transport transport) {
        var accepted = MuxSession.server(transport, MuxSettings.defaults());
        var server = new DrpcServer(methods());
        Thread.ofVirtual().start(() -> server.serveAll(accepted));
        session = accepted;
    }

    /** Listens on loopback for agents in other processes, with a real WebSocket. */
    public int listen() throws IOException {
        var listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        open.add(listener);
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try {
                    serve(WebSockets.accept(listener.accept()));
                } catch (IOException _) {
                    // The next agent may do better.
                }
            }
        });
        return listener.getLocalPort();
    }

    /** The message that an engine writes to the agent's standard input. */
    public Bootstrap bootstrap(int port, String token, Path home) {
        return Bootstrap.newBuilder()
                .setServerUrl("http://127.0.0.1:" + port)
                .setAgentId(UuidBytes.of(AGENT))
                .setToken(token)
                .setSshHostKeyPkcs8(ByteString.copyFrom(keys("EC").getPrivate().getEncoded()))
                .addTicketKeys(Tickets.publicKey("k1", ticketKeys.getPublic()))
                .setUser("ada")
                .setHome(home.toString())
                .setShell("/bin/bash")
                .build();
    }

    public void disconnect(boolean stayAway) {
        unreachable = stayAway;
        var current = session;
        if (current != null) {
            current.close();
        }
    }

    /** What an engine would have told the agent. */
    public Enrollment enrollment(Path home) {
        return new Enrollment(
                URI.create("http://127.0.0.1:1"),
                AGENT,
                new AgentToken("not-used"),
                keys("EC"),
                List.of(Tickets.publicKey("k1", ticketKeys.getPublic())),
                null,
                "",
                UserAccount.of("ada", home.toString(), "/bin/bash"));
    }

    /** A ticket's content for Ada that allows everything. */
    public static Ticket.Builder everything() {
        return Ticket.newBuilder()
                .setUserId(ADA)
                .setUsername("ada")
                .setSessionId("session")
                .setAgentId(UuidBytes.of(AGENT))
                .addChannels(Channel.SSH)
                .addChannels(Channel.TERMINAL)
                .addChannels(Channel.PORT)
                .setAllowFileTransfer(true)
                .setAllowLocalForwarding(true)
                .setAllowRemoteForwarding(true)
                .setAllowAgentForwarding(true);
    }

    public MuxStream raw() throws IOException {
        var current = session;
        if (current == null) {
            throw new IOException("the agent has not connected");
        }
        return current.open();
    }

    /** Opens a stream and reads the reply; a refusal is an exception with the agent's words. */
    public MuxStream open(OpenStream.Builder request, Ticket.Builder grant) throws IOException {
        return open(request, issuer.issue(grant.build()));
    }

    public MuxStream open(OpenStream.Builder request, SignedTicket ticket) throws IOException {
        var stream = raw();
        request.setTicket(ticket).build().writeDelimitedTo(stream.output());
        var reply = StreamReply.parseDelimitedFrom(stream.input());
        if (reply == null || !reply.getOk()) {
            stream.close();
            throw new IOException(reply == null ? "no reply" : reply.getRefusal());
        }
        return stream;
    }

    /** A loopback port on which each connection becomes an SSH stream to the agent. */
    public int sshPort(Ticket.Builder grant) throws IOException {
        var listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        open.add(listener);
        Thread.ofVirtual().start(() -> {
            while (listener.isOpen()) {
                try {
                    var client = new SocketStream(listener.accept());
                    Thread.ofVirtual().start(() -> relay(client, grant));
                } catch (IOException _) {
                    return;
                }
            }
        });
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    private void relay(SocketStream client, Ticket.Builder grant) {
        try {
            Splice.join(client, open(OpenStream.newBuilder().setChannel(Channel.SSH), grant));
        } catch (IOException e) {
            client.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, DrpcMethod> methods() {
        var methods = new HashMap<String, DrpcMethod>();
        methods.put(AgentRpc.GET_MANIFEST, _ -> manifest.toByteArray());
        methods.put(AgentRpc.UPDATE_STARTUP, bytes -> {
            var request = UpdateStartupRequest.parseFrom(bytes);
            startups.add(request);
            return request.getStartup().toByteArray();
        });
        methods.put(AgentRpc.UPDATE_LIFECYCLE, bytes -> {
            var lifecycle = UpdateLifecycleRequest.parseFrom(bytes).getLifecycle();
            states.add(lifecycle.getState());
            return lifecycle.toByteArray();
        });
        methods.put(
                AgentRpc.UPDATE_STATS,
                _ -> UpdateStatsResponse.newBuilder()
                        .setReportInterval(
                                com.google.protobuf.Duration.newBuilder().setSeconds(30))
                        .build()
                        .toByteArray());
        methods.put(AgentRpc.BATCH_CREATE_LOGS, bytes -> {
            logs.addAll(BatchCreateLogsRequest.parseFrom(bytes).getLogsList());
            return bytes(BatchCreateLogsResponse.getDefaultInstance());
        });
        methods.put(AgentRpc.SCRIPT_COMPLETED, bytes -> {
            timings.add(WorkspaceAgentScriptCompletedRequest.parseFrom(bytes).getTiming());
            return bytes(WorkspaceAgentScriptCompletedResponse.getDefaultInstance());
        });
        methods.put(AgentRpc.BATCH_UPDATE_METADATA, bytes -> {
            metadata.addAll(BatchUpdateMetadataRequest.parseFrom(bytes).getMetadataList());
            return bytes(BatchUpdateMetadataResponse.getDefaultInstance());
        });
        methods.put(AgentRpc.BATCH_UPDATE_APP_HEALTHS, bytes -> {
            healths.addAll(BatchUpdateAppHealthRequest.parseFrom(bytes).getUpdatesList());
            return bytes(BatchUpdateAppHealthResponse.getDefaultInstance());
        });
        methods.put(AgentRpc.REPORT_CONNECTION, bytes -> {
            connections.add(ReportConnectionRequest.parseFrom(bytes).getConnection());
            return new byte[0];
        });
        return methods;
    }

    private static byte[] bytes(MessageLite message) {
        return message.toByteArray();
    }

    private static KeyPair keys(String algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        for (var resource : open) {
            resource.close();
        }
        disconnect(true);
    }
}
