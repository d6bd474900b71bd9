package dev.cloister.server.deployment.health;

import dev.cloister.contract.api.HealthSection;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts of the health report that do not count, because an operator said so. */
public record Dismissals(@Tracked List<HealthSection> sections) implements Audited {
    public static final Dismissals NONE = new Dismissals(List.of());

    public Dismissals {
        sections = List.copyOf(sections);
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.HEALTH_SETTINGS;
    }

    @Override
    public @Nullable UUID auditedId() {
        return null;
    }

    @Override
    public String auditedName() {
        return "health settings";
    }

    @Override
    public @Nullable UUID auditedOrganization() {
        return null;
    }
}
