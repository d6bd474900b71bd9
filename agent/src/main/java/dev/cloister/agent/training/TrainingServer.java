package dev.cloister.agent.training;

import com.google.protobuf.ByteString;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.StreamReply;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.agent.WorkspaceAgentMetadata.Description;
import dev.cloister.contract.agent.WorkspaceAgentScript;
import dev.cloister.contract.ticket.TicketIssuer;
import dev.cloister.tunnel.drpc.DrpcMethod;
import dev.cloister.tunnel.drpc.DrpcServer;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxSettings;
import dev.cloister.tunnel.mux.MuxStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A server for one agent: a real WebSocket on loopback, calls answered with as little as will do. */
final class TrainingServer {
    private static final byte[] EMPTY = {};

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<MuxSession> session = new CompletableFuture<>();
    private final CountDownLatch collected = new CountDownLatch(1);
    private final UUID agent;
    private final TicketIssuer issuer;

    TrainingServer(UUID agent, TicketIssuer issuer) throws IOException {
        this.agent = agent;
        this.issuer = issuer;
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Until the agent has run its script and told its metadata. */
    void awaitWork() throws InterruptedException {
        collected.await();
    }

    MuxStream open(OpenStream.Builder request) throws IOException {
        var ticket = Ticket.newBuilder()
                .setUserId(UuidBytes.of(agent))
                .setUsername("training")
                .setAgentId(UuidBytes.of(agent))
                .addChannels(request.getChannel())
                .setAllowFileTransfer(true)
                .build();
        var stream = session.join().open();
        request.setTicket(issuer.issue(ticket)).build().writeDelimitedTo(stream.output());
        var reply = StreamReply.parseDelimitedFrom(stream.input());
        if (reply == null || !reply.getOk()) {
            throw new IOException("the agent refused its training: " + (reply == null ? "" : reply.getRefusal()));
        }
        return stream;
    }

    OpenStream.Builder request(Channel channel) {
        return OpenStream.newBuilder().setChannel(channel);
    }

    private void serve() {
        try {
            var accepted = MuxSession.server(TrainingSocket.accept(listener.accept()), MuxSettings.defaults());
            session.complete(accepted);
            new DrpcServer(methods()).serveAll(accepted);
        } catch (IOException e) {
            session.completeExceptionally(e);
        }
    }

    private Map<String, DrpcMethod> methods() {
        return Map.of(
                AgentRpc.GET_MANIFEST, _ -> manifest().toByteArray(),
                AgentRpc.UPDATE_STARTUP, _ -> EMPTY,
                AgentRpc.UPDATE_LIFECYCLE, _ -> EMPTY,
                AgentRpc.UPDATE_STATS, _ -> EMPTY,
                AgentRpc.BATCH_CREATE_LOGS, _ -> EMPTY,
                AgentRpc.SCRIPT_COMPLETED, _ -> EMPTY,
                AgentRpc.REPORT_CONNECTION, _ -> EMPTY,
                AgentRpc.BATCH_UPDATE_METADATA,
                        _ -> {
                            collected.countDown();
                            return EMPTY;
                        });
    }

    private static Manifest manifest() {
        return Manifest.newBuilder()
                .setWorkspaceName("training")
                .addScripts(WorkspaceAgentScript.newBuilder()
                        .setId(ByteString.copyFromUtf8("script"))
                        .setScript("echo trained")
                        .setRunOnStart(true))
                .addMetadata(Description.newBuilder().setKey("key").setScript("echo value"))
                .build();
    }
}
