package dev.cloister.server.personal;

import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.identity.UserId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A document by which a person tells their tools how to do something. */
record UserSkillRecord(
        @Ignored UUID id,
        @Ignored UserId user,
        @Tracked String name,
        @Tracked String description,
        @Tracked String content,
        @Ignored Instant createdAt,
        @Ignored Instant updatedAt)
        implements Audited {
    @Override
    public AuditedType auditedType() {
        return AuditedType.USER_SKILL;
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
