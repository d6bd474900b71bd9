package dev.cloister.server.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Proof that a caller may create a thing of one type in an organization, for an owner. Made by {@link Authorizer}. */
public final class CreatePermit {
    private final Caller caller;
    private final ResourceFacts facts;

    CreatePermit(Caller caller, ResourceFacts facts) {
        this.caller = caller;
        this.facts = facts;
    }

    /** Fails on a permit for another type: a fault of ours, never of the caller. */
    public CreatePermit of(ResourceType type) {
        if (facts.type() != type) {
            throw new IllegalStateException("a permit to create " + facts.type() + " was used for " + type);
        }
        return this;
    }

    public Caller caller() {
        return caller;
    }

    /** The organization it will belong to, null for site-wide things. */
    public @Nullable UUID organization() {
        return facts.organization();
    }

    /** The user it will belong to, null where it belongs to nobody. */
    public @Nullable UUID owner() {
        return facts.owner();
    }
}
