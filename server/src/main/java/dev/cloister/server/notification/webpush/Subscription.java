package dev.cloister.server.notification.webpush;

import dev.cloister.contract.Secret;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A browser in which a person wants to be told.
 *
 * @param host of the browser's push service
 * @param endpoint the address there that stands for the browser; whoever knows it can send to it
 * @param key the browser's public key, base64url
 * @param auth the secret between browser and sender, base64url
 */
record Subscription(
        @Ignored UUID id,
        @Ignored UUID user,
        @Tracked String host,
        @Masked Secret endpoint,
        @Ignored String key,
        @Masked Secret auth,
        @Ignored Instant createdAt)
        implements Audited {
    URI address() {
        return URI.create(endpoint.reveal());
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.USER;
    }

    @Override
    public UUID auditedId() {
        return user;
    }

    @Override
    public String auditedName() {
        return "push notifications in a browser";
    }

    @Override
    public @Nullable UUID auditedOrganization() {
        return null;
    }
}
