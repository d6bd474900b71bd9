package dev.cloister.server.notification;

import dev.cloister.server.audit.Audited;
import dev.cloister.server.audit.AuditedType;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person chose to be told of.
 *
 * @param notificationsOff by the name of the template, whether it is switched off; what they never chose is not there
 */
record Preferences(
        @Ignored UUID user,
        @Ignored String username,
        @Tracked Map<String, Boolean> notificationsOff) implements Audited {
    Preferences {
        notificationsOff = Map.copyOf(notificationsOff);
    }

    /** The same with other choices in the place of some. */
    Preferences with(Map<Occasion, Boolean> changes) {
        var all = new TreeMap<>(notificationsOff);
        changes.forEach((occasion, off) -> all.put(occasion.title(), off));
        return new Preferences(user, username, all);
    }

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
