package dev.cloister.server.connection;

import dev.cloister.gateway.stream.EdgeSocket;
import dev.cloister.gateway.stream.Relay;
import dev.cloister.server.access.Caller;
import dev.cloister.server.connection.agent.AgentTarget;
import dev.cloister.tunnel.mux.MuxStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream into a workspace that waits for its person's WebSocket, and then is joined with it. */
final class UserStream {
    private static final int POLICY = 1008;
    private static final int FAULT = 1011;
    private static final Logger LOG = LoggerFactory.getLogger(UserStream.class);

    private final Caller caller;
    private final AgentTarget target;
    private final Wanted wanted;
    private final MuxStream stream;
    private final LiveConnection live;
    private final ConnectionJournal journal;
    private final AtomicBoolean taken = new AtomicBoolean();

    UserStream(
            Caller caller,
            AgentTarget target,
            Wanted wanted,
            MuxStream stream,
            LiveConnection live,
            ConnectionJournal journal) {
        this.caller = caller;
        this.target = target;
        this.wanted = wanted;
        this.stream = stream;
        this.live = live;
        this.journal = journal;
        live.onCut(reason -> stream.reset());
    }

    /** Nobody has come for it. */
    void abandon() {
        if (taken.compareAndSet(false, true)) {
            stream.reset();
            live.ended();
        }
    }

    /** Moves bytes until either side ends or the connection is cut. */
    void run(EdgeSocket socket) {
        if (!taken.compareAndSet(false, true)) {
            socket.cut(FAULT, "the connection took too long to open");
            return;
        }
        live.onCut(reason -> {
            stream.reset();
            socket.cut(POLICY, reason);
        });
        try {
            relay(socket);
        } finally {
            stream.close();
            live.ended();
        }
    }

    private void relay(EdgeSocket socket) {
        LoggedConnection logged = begin(socket);
        if (logged == null) {
            return;
        }
        var relay = new Relay(socket, stream);
        String ended = "the server failed";
        try {
            Relay.End end = relay.run();
            ended = live.cutReason().orElse(end.words());
        } finally {
            journal.closed(logged, ended, relay.bytesFromPerson(), relay.bytesToPerson());
        }
    }

    /** Null where the connection may not be because its beginning cannot be stored. */
    private @Nullable LoggedConnection begin(EdgeSocket socket) {
        try {
            return journal.opened(caller, target, wanted.type(), wanted.slugOrPort());
        } catch (RuntimeException e) {
            LOG.warn("a connection is refused because it cannot be recorded: {}", e.getMessage());
            stream.reset();
            socket.cut(FAULT, "the connection could not be recorded");
            return null;
        }
    }
}
