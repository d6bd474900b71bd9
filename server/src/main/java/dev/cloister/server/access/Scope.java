package dev.cloister.server.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a credential leaves of its holder's rights: the union of the named scopes, and only on the allow-listed objects
 * where a list is given. The names are Coder's ({@code coder:all}, {@code workspace:read}, {@code template:*}).
 *
 * @param names the scopes as they were asked for
 * @param only the ids this credential may touch, empty for all
 */
public record Scope(List<String> names, Grants grants, Set<UUID> only) {
    /** Everything its holder may do. */
    public static final Scope ALL = parse(List.of("coder:all")).orElseThrow();

    public Scope {
        names = List.copyOf(names);
        only = Set.copyOf(only);
    }

    /** The union of named scopes; empty if one of the names is not known. */
    public static Optional<Scope> parse(List<String> names) {
        var grants = new Grants();
        for (String name : names) {
            if (!add(grants, name)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Scope(names, grants, Set.of()));
    }

    private static boolean add(Grants grants, String name) {
        switch (name) {
            case "all", "coder:all" -> grants.allowAllExcept();
            case "application_connect", "coder:application_connect" ->
                grants.allow(ResourceType.WORKSPACE, Action.APPLICATION_CONNECT);
            default -> {
                int colon = name.indexOf(':');
                var type = ResourceType.parse(name.substring(0, Math.max(colon, 0)));
                String action = name.substring(colon + 1);
                if (type.isEmpty()) {
                    return false;
                }
                if (action.equals("*")) {
                    grants.allow(type.get());
                    return true;
                }
                var parsed = Action.parse(action).filter(type.get().actions()::contains);
                parsed.ifPresent(known -> grants.allow(type.get(), known));
                return parsed.isPresent();
            }
        }
        return true;
    }

    boolean allows(Action action, ResourceFacts object) {
        return grants.allows(object.type(), action)
                && (only.isEmpty() || (object.id() != null && only.contains(object.id())));
    }

    boolean mayEver(Action action, ResourceType type) {
        return grants.allows(type, action);
    }

    @Override
    public String toString() {
        return names.stream().collect(Collectors.joining(" "));
    }
}
