package dev.cloister.server.audit;

import dev.cloister.server.access.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event with who, when and from where: a row of the log. */
record StoredEvent(UUID id, Instant time, @Nullable UUID actor, String actorName, Caller caller, AuditEvent event) {
    static StoredEvent of(AuditEvent event, Caller caller, Instant now) {
        UUID actor = event.actor();
        if (actor == null && caller instanceof Caller.User user) {
            actor = user.subject().id();
        }
        // PostgreSQL keeps microseconds, and the tree holds to what is kept
        return new StoredEvent(
                UUID.randomUUID(), now.truncatedTo(ChronoUnit.MICROS), actor, name(caller), caller, event);
    }

    private static String name(Caller caller) {
        return switch (caller) {
            case Caller.User user -> user.subject().username();
            case Caller.Job job -> job.name();
            case Caller.Agent agent -> "agent " + agent.agentId();
            case Caller.Anonymous anonymous -> "";
        };
    }

    /** What the tree holds to, given the two documents as they are stored. */
    LogEntry.Facts facts(String diff, String additional) {
        return new LogEntry.Facts(
                id,
                time,
                event.action().wireName(),
                event.status(),
                event.type().wireName(),
                event.resource(),
                event.organization(),
                actor,
                caller.origin().requestId(),
                LogEntry.Facts.sealed(
                        actorName,
                        caller.origin().address(),
                        caller.origin().userAgent(),
                        event.target(),
                        diff,
                        additional));
    }
}
