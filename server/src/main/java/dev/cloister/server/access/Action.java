package dev.cloister.server.access;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What can be done to a resource. The names are those of Coder's policy. */
public enum Action {
    CREATE,
    READ,
    UPDATE,
    DELETE,
    USE,
    SSH,
    APPLICATION_CONNECT,
    VIEW_INSIGHTS,
    START,
    STOP,
    ASSIGN,
    UNASSIGN,
    READ_PERSONAL,
    UPDATE_PERSONAL,
    CREATE_AGENT,
    DELETE_AGENT,
    UPDATE_AGENT,
    SHARE;

    private static final Map<String, Action> BY_NAME = new HashMap<>();

    static {
        for (Action action : values()) {
            BY_NAME.put(action.wireName, action);
        }
    }

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in requests, responses and the policy matrix. */
    public String wireName() {
        return wireName;
    }

    /** The action of a wire name, empty for a name that is none. */
    public static Optional<Action> parse(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    long bit() {
        return 1L << ordinal();
    }
}
