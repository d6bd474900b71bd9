package dev.cloister.server.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a decision needs to know of a resource.
 *
 * @param organization the tenant it belongs to, null for site-wide things
 * @param owner the user it belongs to, null where it belongs to nobody in particular
 * @param acl what people and groups were given on it
 */
public record ResourceFacts(
        ResourceType type,
        @Nullable UUID id,
        @Nullable UUID organization,
        @Nullable UUID owner,
        AccessList acl) {
    /** The account that owns workspaces which are built ahead of need. The id is part of the published API. */
    public static final UUID PREBUILDS = UUID.fromString("c42fdf75-3097-471c-8c33-fb52454d81c0");

    /** Something without grants of its own. */
    public static ResourceFacts of(
            ResourceType type, @Nullable UUID id, @Nullable UUID organization, @Nullable UUID owner) {
        return new ResourceFacts(type, id, organization, owner, AccessList.NONE);
    }

    /** Whether it is a workspace of the prebuilds' account, which has a type of its own beside. */
    boolean isPrebuilt() {
        return type == ResourceType.WORKSPACE && PREBUILDS.equals(owner);
    }
}
