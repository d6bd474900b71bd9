package dev.cloister.agent.stream;

import dev.cloister.agent.control.ReportQueue;
import dev.cloister.agent.control.Times;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.Connection;
import dev.cloister.contract.agent.ReportConnectionRequest;
import dev.cloister.contract.agent.Stats;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.contract.agent.UuidBytes;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is connected, on the word of their tickets; the beginning and end of each session is reported. */
public final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final ReportQueue reports;
    private final Clock clock;
    private final Map<UUID, Entry> open = new ConcurrentHashMap<>();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();

    public Connections(ReportQueue reports, Clock clock) {
        this.reports = reports;
        this.clock = clock;
    }

    /** One open stream; closing it notes the end of the connection. */
    public final class Entry implements AutoCloseable {
        private final UUID id = UUID.randomUUID();
        private final Ticket ticket;
        private final Channel channel;

        private Entry(Ticket ticket, Channel channel) {
            this.ticket = ticket;
            this.channel = channel;
        }

        @Override
        public void close() {
            open.remove(id);
            LOG.info("{} left {}", ticket.getUsername(), channel);
            report(this, Connection.Action.DISCONNECT);
        }
    }

    public Entry enter(Ticket ticket, Channel channel) {
        var entry = new Entry(ticket, channel);
        open.put(entry.id, entry);
        LOG.info("{} came on {} (ticket {})", ticket.getUsername(), channel, ticket.getId());
        report(entry, Connection.Action.CONNECT);
        return entry;
    }

    /** Counts the bytes of users' streams, from the workspace's point of view. */
    public LongAdder received() {
        return received;
    }

    public LongAdder sent() {
        return sent;
    }

    public Stats stats() {
        return Stats.newBuilder()
                .setConnectionCount(open.size())
                .setSessionCountSsh(count(Channel.SSH))
                .setSessionCountReconnectingPty(count(Channel.TERMINAL))
                .putConnectionsByProto("TCP", count(Channel.PORT))
                .setRxBytes(received.sum())
                .setTxBytes(sent.sum())
                .build();
    }

    private long count(Channel channel) {
        return open.values().stream().filter(entry -> entry.channel == channel).count();
    }

    private void report(Entry entry, Connection.Action action) {
        var type = type(entry.channel);
        if (type == Connection.Type.TYPE_UNSPECIFIED) {
            // The protocol has no type for a port; the server, which opened the stream, notes it itself.
            return;
        }
        var connection = Connection.newBuilder()
                .setId(UuidBytes.of(entry.id))
                .setAction(action)
                .setType(type)
                .setTimestamp(Times.timestamp(clock.instant()));
        reports.add(
                AgentRpc.REPORT_CONNECTION,
                ReportConnectionRequest.newBuilder().setConnection(connection).build());
    }

    private static Connection.Type type(Channel channel) {
        return switch (channel) {
            case SSH -> Connection.Type.SSH;
            case TERMINAL -> Connection.Type.RECONNECTING_PTY;
            case PORT, LISTENING_PORTS, CHANNEL_UNSPECIFIED, UNRECOGNIZED -> Connection.Type.TYPE_UNSPECIFIED;
        };
    }
}
