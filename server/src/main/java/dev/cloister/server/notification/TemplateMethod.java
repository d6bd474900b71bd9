package dev.cloister.server.notification;

import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a kind of notification is sent; all else of it is fixed.
 *
 * @param method empty: as the deployment does
 */
record TemplateMethod(
        @Ignored UUID id, @Ignored String name, @Tracked String method) implements Audited {
    @Override
    public AuditedType auditedType() {
        return AuditedType.NOTIFICATION_TEMPLATE;
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
