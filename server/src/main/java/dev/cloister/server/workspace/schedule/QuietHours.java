package dev.cloister.server.workspace.schedule;

import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Ignored;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When a person's workspaces may be stopped because their template requires it.
 *
 * @param schedule what the person chose; empty for the deployment's default
 */
record QuietHours(
        @Ignored UUID user,
        @Ignored String username,
        @Tracked String quietHoursSchedule) implements Audited {
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
        return username;
    }

    @Override
    public @Nullable UUID auditedOrganization() {
        return null;
    }
}
