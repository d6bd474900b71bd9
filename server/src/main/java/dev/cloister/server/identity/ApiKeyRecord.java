package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.LoginType;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Ignored;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session or a token.
 *
 * @param hashedSecret SHA-256 of the secret half, in base 64; the secret has 128 bits and more, so a slow hash would
 *     add nothing
 * @param allowList what it may touch, as {@link AllowLists} writes it; empty for everything
 */
record ApiKeyRecord(
        @Ignored String id,
        @Ignored Secret hashedSecret,
        @Tracked UserId userId,
        @Ignored LoginType loginType,
        @Tracked String tokenName,
        @Tracked List<String> scopes,
        @Tracked List<String> allowList,
        @Ignored long lifetimeSeconds,
        @Ignored String address,
        @Ignored String userAgent,
        @Tracked Instant createdAt,
        @Ignored Instant updatedAt,
        @Ignored Instant lastUsed,
        @Tracked Instant expiresAt)
        implements Audited {
    ApiKeyRecord {
        scopes = List.copyOf(scopes);
        allowList = List.copyOf(allowList);
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.API_KEY;
    }

    @Override
    public @Nullable UUID auditedId() {
        return userId.value();
    }

    @Override
    public String auditedName() {
        return tokenName.isEmpty() ? id : tokenName;
    }

    @Override
    public @Nullable UUID auditedOrganization() {
        return null;
    }
}
