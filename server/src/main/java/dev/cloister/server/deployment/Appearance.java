package dev.cloister.server.deployment;

import dev.cloister.contract.api.BannerConfig;
import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.Audited.Tracked;
import dev.cloister.server.audit.AuditedType;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the dashboard is called and announces.
 *
 * @param applicationName empty for the product's own
 * @param logoUrl empty for the product's own
 */
public record Appearance(
        @Tracked String applicationName,
        @Tracked String logoUrl,
        @Tracked List<BannerConfig> banners) implements Audited {
    static final Appearance PLAIN = new Appearance("", "", List.of());

    public Appearance {
        banners = List.copyOf(banners);
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.APPEARANCE;
    }

    @Override
    public @Nullable UUID auditedId() {
        return null;
    }

    @Override
    public String auditedName() {
        return "appearance";
    }

    @Override
    public @Nullable UUID auditedOrganization() {
        return null;
    }
}
