package dev.cloister.server.access;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a decision needs to know of a resource.
 *
 * @param organization the tenant it belongs to, null for site-wide things
 * @param owner the user it belongs to, null where it belongs to nobody in particular
 * @param everyone what every member of the organization was given on it, by the grant to the group "Everyone"
 */
public record ResourceFacts(
        ResourceType type,
        @Nullable UUID id,
        @Nullable UUID organization,
        @Nullable UUID owner,
        Set<Action> everyone) {
    /** Something without grants of its own. */
    public static ResourceFacts of(
            ResourceType type, @Nullable UUID id, @Nullable UUID organization, @Nullable UUID owner) {
        return new ResourceFacts(type, id, organization, owner, Set.of());
    }
}
