package dev.cloister.server.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a role: an action on a type, given or denied.
 *
 * @param type null for every type
 * @param action null for every action that the type knows
 */
public record Permission(
        boolean negate,
        @Nullable ResourceType type,
        @Nullable Action action) {
    /** What stands for all types or all actions. */
    public static final String ALL = "*";

    /** The permission of wire names; empty where a name is unknown, or the type does not know the action. */
    public static Optional<Permission> parse(boolean negate, String typeName, String actionName) {
        ResourceType type = ResourceType.parse(typeName).orElse(null);
        Action action = Action.parse(actionName).orElse(null);
        boolean known = (type != null || typeName.equals(ALL)) && (action != null || actionName.equals(ALL));
        if (!known || (type != null && action != null && !type.knows(action))) {
            return Optional.empty();
        }
        return Optional.of(new Permission(negate, type, action));
    }

    public String typeName() {
        return type == null ? ALL : type.wireName();
    }

    public String actionName() {
        return action == null ? ALL : action.wireName();
    }

    /** Whether it speaks of this action on this type. */
    boolean covers(ResourceType aType, Action anAction) {
        return (type == null || type == aType) && (action == null || action == anAction) && aType.knows(anAction);
    }

    /** Adds what it gives or denies. */
    void addTo(Grants grants) {
        if (type != null) {
            add(grants, type);
            return;
        }
        for (ResourceType each : ResourceType.values()) {
            add(grants, each);
        }
    }

    private void add(Grants grants, ResourceType each) {
        long bits = action == null ? each.allBits() : action.bit() & each.allBits();
        if (negate) {
            grants.deny(each, bits);
        } else {
            grants.allow(each, bits);
        }
    }
}
