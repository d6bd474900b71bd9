package dev.cloister.server.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Proof that a caller may do one action to the things of one type that belong to one person (their keys, their
 * memberships): for things that are only ever reached through their owner. Made by {@link Authorizer}.
 */
public final class OwnedPermit {
    private final Caller caller;
    private final Action action;
    private final ResourceFacts facts;
    private final UUID owner;

    OwnedPermit(Caller caller, Action action, ResourceFacts facts, UUID owner) {
        this.caller = caller;
        this.action = action;
        this.facts = facts;
        this.owner = owner;
    }

    /** The owner, for use in this action on this type only. */
    public UUID ownerFor(Action use, ResourceType type) {
        if (use != action || type != facts.type()) {
            throw new IllegalStateException(
                    "a permit to " + action + " " + facts.type() + " was used to " + use + " " + type);
        }
        return owner;
    }

    public Caller caller() {
        return caller;
    }

    /** The organization the things are in, null for site-wide things. */
    public @Nullable UUID organization() {
        return facts.organization();
    }
}
