package dev.cloister.server.access;

import java.util.Arrays;
import java.util.List;

/**
 * Actions by resource type as bit sets, allowed and denied. Mutable while a subject is being built, read-only
 * afterwards; a decision is a few array look-ups.
 */
final class Grants {
    private final long[] allow = new long[ResourceType.values().length];
    private final long[] deny = new long[ResourceType.values().length];

    Grants allow(ResourceType type, Action... actions) {
        allow[type.ordinal()] |= actions.length == 0 ? type.allBits() : ResourceType.bits(actions) & type.allBits();
        return this;
    }

    Grants allowAllExcept(ResourceType... excluded) {
        for (ResourceType type : ResourceType.values()) {
            if (!Arrays.asList(excluded).contains(type)) {
                allow(type);
            }
        }
        return this;
    }

    Grants deny(ResourceType type, Action... actions) {
        deny[type.ordinal()] |= ResourceType.bits(actions) & type.allBits();
        return this;
    }

    void allow(ResourceType type, long bits) {
        allow[type.ordinal()] |= bits;
    }

    void deny(ResourceType type, long bits) {
        deny[type.ordinal()] |= bits;
    }

    Grants add(List<Permission> permissions) {
        permissions.forEach(permission -> permission.addTo(this));
        return this;
    }

    Grants add(Grants other) {
        for (int i = 0; i < allow.length; i++) {
            allow[i] |= other.allow[i];
            deny[i] |= other.deny[i];
        }
        return this;
    }

    /** The actions that are allowed, as bits. */
    long allowed(ResourceType type) {
        return allow[type.ordinal()];
    }

    long denied(ResourceType type) {
        return deny[type.ordinal()];
    }

    boolean allows(ResourceType type, Action action) {
        return (allow[type.ordinal()] & action.bit()) != 0;
    }

    /** Allowed and not denied at this same level. */
    boolean votesFor(ResourceType type, Action action) {
        return (allow[type.ordinal()] & ~deny[type.ordinal()] & action.bit()) != 0;
    }

    /** Whether all that the other allows is allowed here. */
    boolean includes(Grants other) {
        for (int i = 0; i < allow.length; i++) {
            if ((other.allow[i] & ~allow[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    boolean denies(ResourceType type, Action action) {
        return (deny[type.ordinal()] & action.bit()) != 0;
    }
}
