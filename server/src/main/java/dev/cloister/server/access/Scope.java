package dev.cloister.server.access;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a credential leaves of its holder's rights: the union of the named scopes, and only on the allow-listed objects.
 * The names are those of the published API ({@code coder:all}, {@code workspace:read}, {@code template:*}).
 *
 * @param names the scopes as they were asked for
 */
public record Scope(List<String> names, Grants grants, AllowList allowed) {
    /** Everything its holder may do. */
    public static final Scope ALL = parse(List.of("coder:all")).orElseThrow();

    public Scope {
        names = List.copyOf(names);
    }

    /** The union of named scopes on everything; empty if one of the names is not known. */
    public static Optional<Scope> parse(List<String> names) {
        return parse(names, AllowList.EVERYTHING);
    }

    /** The union of named scopes on what is allow-listed; empty if one of the names is not known. */
    public static Optional<Scope> parse(List<String> names, AllowList allowed) {
        var grants = new Grants();
        for (String name : names) {
            if (!ScopeNames.add(grants, name)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Scope(names, grants, allowed));
    }

    /** Whether the other scope takes at least as much away as this. */
    public boolean includes(Scope other) {
        return grants.includes(other.grants) && allowed.includes(other.allowed);
    }

    /** Whether it takes nothing away. */
    public boolean isEverything() {
        return includes(ALL);
    }

    boolean allows(Action action, ResourceFacts object) {
        return allows(action, object.type(), object);
    }

    /** With another type than the object's own, for workspaces that are also prebuilt ones. */
    boolean allows(Action action, ResourceType type, ResourceFacts object) {
        return grants.allows(type, action) && allowed.covers(type, object.id());
    }

    boolean mayEver(Action action, ResourceType type) {
        return grants.allows(type, action) && allowed.coversSome(type);
    }

    @Override
    public String toString() {
        return names.stream().collect(Collectors.joining(" "));
    }
}
