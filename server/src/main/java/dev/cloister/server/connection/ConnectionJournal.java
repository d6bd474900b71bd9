package dev.cloister.server.connection;

import dev.cloister.contract.api.ConnectionType;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.connection.agent.AgentTarget;
import dev.cloister.server.connection.agent.Replica;
import dev.cloister.server.platform.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes who was connected where: begin and end of each connection, on the connection log and on the audit log. Nobody
 * is connected whose beginning could not be written.
 */
public final class ConnectionJournal {
    private static final Duration KEEP_TRYING = Duration.ofMinutes(30);
    private static final Caller.Job JOB = new Caller.Job("connection log", Set.of(), Origin.internal());
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionJournal.class);

    private final Transactions transactions;
    private final ConnectionLogRepository repository;
    private final Replica replica;
    private final Clock clock;

    public ConnectionJournal(
            Transactions transactions, ConnectionLogRepository repository, Replica replica, Clock clock) {
        this.transactions = transactions;
        this.repository = repository;
        this.replica = replica;
        this.clock = clock;
    }

    /** A connection begins. */
    LoggedConnection opened(Caller caller, AgentTarget target, ConnectionType type, String slugOrPort) {
        var connection = new LoggedConnection(UUID.randomUUID(), caller, target, type, slugOrPort, clock.instant());
        return transactions.change(caller, tx -> {
            repository.insert(tx, connection, replica);
            return Changed.to(connection, event(AuditAction.CONNECT, AuditedType.WORKSPACE_AGENT, connection));
        });
    }

    /** An app or port was opened in a browser. It has no end of its own: it is many requests. */
    public void visited(Caller caller, AgentTarget target, ConnectionType type, String slugOrPort) {
        var visit = new LoggedConnection(UUID.randomUUID(), caller, target, type, slugOrPort, clock.instant());
        transactions.change(caller, tx -> {
            repository.insert(tx, visit, replica);
            repository.finish(tx, visit.id(), visit.connectedAt(), "", 0, 0);
            return Changed.to(visit, event(AuditAction.OPEN, AuditedType.WORKSPACE_APP, visit));
        });
    }

    /**
     * The connection has ended. While the database is away this tries again for a good while on a thread of its own;
     * what is still open after that is closed like the connections of a server that died.
     */
    void closed(LoggedConnection connection, String reason, long bytesFromUser, long bytesToUser) {
        Instant at = clock.instant();
        Runnable write = () -> finish(connection, at, reason, bytesFromUser, bytesToUser);
        try {
            write.run();
        } catch (Failure.Unavailable e) {
            Thread.ofVirtual().name("connection-log").start(() -> keepTrying(write));
        }
    }

    private void finish(LoggedConnection connection, Instant at, String reason, long fromUser, long toUser) {
        transactions.change(connection.caller(), tx -> {
            repository.finish(tx, connection.id(), at, reason, fromUser, toUser);
            var event = event(AuditAction.DISCONNECT, AuditedType.WORKSPACE_AGENT, connection)
                    .with("reason", reason)
                    .with("bytes_from_user", Long.toString(fromUser))
                    .with("bytes_to_user", Long.toString(toUser))
                    .with(
                            "seconds",
                            Long.toString(Duration.between(connection.connectedAt(), at)
                                    .toSeconds()));
            return Changed.to(connection, event);
        });
    }

    private static void keepTrying(Runnable write) {
        long deadline = System.nanoTime() + KEEP_TRYING.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                Thread.sleep(Duration.ofSeconds(5));
                write.run();
                return;
            } catch (Failure.Unavailable e) {
                LOG.debug("the end of a connection cannot be stored yet: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        LOG.warn("the end of a connection could not be stored");
    }

    private static AuditEvent event(AuditAction action, AuditedType type, LoggedConnection connection) {
        AgentTarget target = connection.target();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("connection_id", connection.id().toString());
        facts.put("type", connection.type().name().toLowerCase(Locale.ROOT));
        facts.put("workspace_id", target.workspace().value().toString());
        facts.put("workspace_name", target.workspaceName());
        facts.put("workspace_owner", target.ownerName());
        if (!connection.slugOrPort().isEmpty()) {
            facts.put("slug_or_port", connection.slugOrPort());
        }
        return new AuditEvent(
                action,
                type,
                target.id().value(),
                target.workspaceName() + "." + target.name(),
                target.organization(),
                Map.of(),
                200,
                facts,
                null);
    }

    /** Closes what server processes left open that are no more: a regular duty, and done at the start. */
    public void closeOrphans() {
        transactions.change(JOB, tx -> {
            int closed = repository.finishOrphans(tx, clock.instant(), "the server ended");
            if (closed > 0) {
                LOG.info("closed {} connections on the log that a server process left open", closed);
            }
            return Changed.unaudited(closed, Unaudited.CONNECTION_REPORT);
        });
    }
}
