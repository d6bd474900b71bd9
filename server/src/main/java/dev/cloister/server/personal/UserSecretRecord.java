package dev.cloister.server.personal;

import dev.cloister.contract.Secret;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.identity.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something secret that a person wants in all their workspaces. The value is write-only: no answer has it.
 *
 * @param envName the variable that holds the value, empty for none
 * @param filePath the file that holds the value, empty for none
 * @param enabled whether it is given to workspaces
 * @param encryptedValue in Base64, as it is stored; another one for the same value each time it is written
 */
record UserSecretRecord(
        @Ignored UUID id,
        @Ignored UserId user,
        @Tracked String name,
        @Tracked String description,
        @Tracked String envName,
        @Tracked String filePath,
        @Tracked boolean enabled,
        @Masked Secret encryptedValue,
        @Ignored int valueBytes,
        @Ignored Instant createdAt,
        @Ignored Instant updatedAt)
        implements Audited {
    @Override
    public AuditedType auditedType() {
        return AuditedType.USER_SECRET;
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
