package dev.cloister.server.access;

import java.util.List;
import java.util.Set;

/** Roles that somebody has at one level, the site or one organization, besides those that everybody has there. */
public record GivenRoles(Set<Role> builtIn, List<CustomRole> custom) {
    public static final GivenRoles NONE = new GivenRoles(Set.of(), List.of());

    public GivenRoles {
        builtIn = Set.copyOf(builtIn);
        custom = List.copyOf(custom);
    }

    /** Built-in roles alone. */
    public static GivenRoles of(Role... roles) {
        return new GivenRoles(Set.of(roles), List.of());
    }
}
