package dev.cloister.server.access;

import dev.cloister.contract.api.ApiJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What single people and groups were given on one object, as bit sets of actions by id. The group with the id of the
 * object's organization is everyone in it.
 */
public record AccessList(Map<UUID, Long> users, Map<UUID, Long> groups) {
    /** Nothing given to anybody. */
    public static final AccessList NONE = new AccessList(Map.of(), Map.of());

    private static final long EVERYTHING = -1L;

    public AccessList {
        users = Map.copyOf(users);
        groups = Map.copyOf(groups);
    }

    /** What a group's members have on the group itself: they can see it. */
    static AccessList ofGroup(UUID id) {
        return new AccessList(Map.of(), Map.of(id, Action.READ.bit()));
    }

    /** Reads the two columns: objects of lists of actions by id, where {@code "*"} is all actions. */
    static AccessList parse(@Nullable String users, @Nullable String groups) {
        return isEmpty(users) && isEmpty(groups) ? NONE : new AccessList(entries(users), entries(groups));
    }

    private static boolean isEmpty(@Nullable String json) {
        return json == null || json.length() <= 2;
    }

    private static Map<UUID, Long> entries(@Nullable String json) {
        var entries = new HashMap<UUID, Long>();
        if (json == null || json.length() <= 2) {
            return entries;
        }
        for (Map.Entry<String, JsonNode> entry : ApiJson.mapper().readTree(json).properties()) {
            long bits = 0;
            for (JsonNode name : entry.getValue()) {
                bits |= name.asString().equals("*")
                        ? EVERYTHING
                        : Action.parse(name.asString()).map(Action::bit).orElse(0L);
            }
            entries.put(UUID.fromString(entry.getKey()), bits);
        }
        return entries;
    }

    boolean allows(UUID person, Set<UUID> groupsOfPerson, Action action) {
        Long mine = users.get(person);
        if (mine != null && (mine & action.bit()) != 0) {
            return true;
        }
        for (Map.Entry<UUID, Long> entry : groups.entrySet()) {
            if ((entry.getValue() & action.bit()) != 0 && groupsOfPerson.contains(entry.getKey())) {
                return true;
            }
        }
        return false;
    }
}
