package dev.cloister.server.personal.external;

import dev.cloister.contract.Secret;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.identity.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person's account with a provider.
 *
 * @param refreshToken null where the provider gave none
 * @param expiresAt null for a token that does not expire
 * @param refreshFailure what the provider said when it refused to renew the token, empty else
 */
record Link(
        @Ignored UserId user,
        @Tracked String provider,
        @Masked Secret accessToken,
        @Masked @Nullable Secret refreshToken,
        @Ignored @Nullable Instant expiresAt,
        @Ignored String refreshFailure,
        @Ignored Instant createdAt,
        @Ignored Instant updatedAt)
        implements Audited {
    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.USER;
    }

    @Override
    public UUID auditedId() {
        return user.value();
    }

    @Override
    public String auditedName() {
        return "external auth " + provider;
    }

    @Override
    public @Nullable UUID auditedOrganization() {
        return null;
    }
}
