package dev.cloister.server.identity;

import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How a person wants the dashboard to look and to behave. A setting that was never made is not in the map. */
record UserSettings(
        @Ignored UserId user,
        @Ignored String username,
        @Tracked Map<String, String> settings) implements Audited {
    UserSettings {
        settings = Map.copyOf(settings);
    }

    String get(String key, String otherwise) {
        return settings.getOrDefault(key, otherwise);
    }

    /** The same with other values in the place of some. */
    UserSettings with(Map<String, String> changes) {
        var all = new TreeMap<>(settings);
        all.putAll(changes);
        return new UserSettings(user, username, all);
    }

    @Override
    public AuditedType auditedType() {
        return AuditedType.USER;
    }

    @Override
    public UUID auditedId() {
        return user.value();
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
