package dev.cloister.server.notification;

import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether sending rests, for the whole deployment. */
record NotificationsSwitch(@Tracked boolean notifierPaused) implements Audited {
    @Override
    public AuditedType auditedType() {
        return AuditedType.NOTIFICATIONS_SETTINGS;
    }

    @Override
    public @Nullable UUID auditedId() {
        return null;
    }

    @Override
    public String auditedName() {
        return "notifications settings";
    }

    @Override
    public @Nullable UUID auditedOrganization() {
        return null;
    }
}
