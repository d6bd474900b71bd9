package dev.cloister.server.access;

import java.util.Locale;
import java.util.Optional;

/** Whose workspaces can be shared within an organization. */
public enum Sharing {
    /** Nobody's; members do not see each other then, because there is nobody to share with. */
    NONE,
    EVERYONE,
    SERVICE_ACCOUNTS;

    /** The name in requests, responses and rows. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value of a wire name, empty for a name that is none. */
    public static Optional<Sharing> parse(String wireName) {
        for (Sharing sharing : values()) {
            if (sharing.wireName().equals(wireName)) {
                return Optional.of(sharing);
            }
        }
        return Optional.empty();
    }
}
