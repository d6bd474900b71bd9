package dev.cloister.server.audit;

import dev.cloister.server.access.Caller;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event with who, when and from where: a row of the log. */
record StoredEvent(UUID id, Instant time, @Nullable UUID actor, String actorName, Caller caller, AuditEvent event) {
    static StoredEvent of(AuditEvent event, Caller caller, Instant now) {
        UUID actor = event.actor();
        if (actor == null && caller instanceof Caller.User user) {
            actor = user.subject().id();
        }
        return new StoredEvent(UUID.randomUUID(), now, actor, name(caller), caller, event);
    }

    private static String name(Caller caller) {
        return switch (caller) {
            case Caller.User user -> user.subject().username();
            case Caller.Job job -> job.name();
            case Caller.Agent agent -> "agent " + agent.agentId();
            case Caller.Anonymous anonymous -> "";
        };
    }
}
