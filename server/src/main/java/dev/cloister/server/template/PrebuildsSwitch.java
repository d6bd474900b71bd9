package dev.cloister.server.template;

import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether pools of prepared workspaces are kept full, for the whole deployment. */
record PrebuildsSwitch(@Tracked boolean reconciliationPaused) implements Audited {
    @Override
    public AuditedType auditedType() {
        return AuditedType.PREBUILDS_SETTINGS;
    }

    @Override
    public @Nullable UUID auditedId() {
        return null;
    }

    @Override
    public String auditedName() {
        return "prebuilds settings";
    }

    @Override
    public @Nullable UUID auditedOrganization() {
        return null;
    }
}
