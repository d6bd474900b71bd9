package dev.cloister.server.personal;

import dev.cloister.contract.Secret;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.identity.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person's SSH key for Git.
 *
 * @param publicKey in the form of {@code authorized_keys}, with a line break at its end
 * @param privateKey in OpenSSH's own PEM form, without a passphrase
 */
record GitKey(
        @Ignored UserId user,
        @Tracked String publicKey,
        @Masked Secret privateKey,
        @Ignored Instant createdAt,
        @Ignored Instant updatedAt)
        implements Audited {
    @Override
    public AuditedType auditedType() {
        return AuditedType.GIT_SSH_KEY;
    }

    @Override
    public UUID auditedId() {
        return user.value();
    }

    @Override
    public String auditedName() {
        return "Git SSH key";
    }

    @Override
    public @Nullable UUID auditedOrganization() {
        return null;
    }
}
