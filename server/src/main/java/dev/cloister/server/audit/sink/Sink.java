package dev.cloister.server.audit.sink;

import dev.cloister.contract.Secret;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.audit.sink.format.EventFormat;
import dev.cloister.server.audit.sink.transport.TransportKind;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where copies of the log go.
 *
 * @param name also that of the directory for copies in files
 * @param secrets encrypted, in Base64; another text for the same secrets each time it is written
 */
record Sink(
        @Ignored UUID id,
        @Tracked String name,
        @Tracked String transport,
        @Tracked String format,
        @Tracked boolean enabled,
        @Tracked Map<String, String> settings,
        @Masked Secret secrets,
        @Ignored Instant createdAt,
        @Ignored Instant updatedAt)
        implements Audited {
    Sink {
        settings = Map.copyOf(settings);
    }

    TransportKind kind() {
        return TransportKind.parse(transport).orElseThrow();
    }

    EventFormat eventFormat() {
        return EventFormat.parse(format).orElseThrow();
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.AUDIT_SINK;
    }

    @Override
    public UUID auditedId() {
        return id;
    }

    @Override
    public String auditedName() {
        return name;
    }

    @Override
    public @Nullable UUID auditedOrganization() {
        return null;
    }
}
