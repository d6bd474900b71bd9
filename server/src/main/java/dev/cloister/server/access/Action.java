package dev.cloister.server.access;

import java.util.Locale;
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

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in requests, responses and the policy matrix. */
    public String wireName() {
        return wireName;
    }

    /** The action of a wire name, empty for a name that is none. */
    public static Optional<Action> parse(String wireName) {
        for (Action action : values()) {
            if (action.wireName.equals(wireName)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    long bit() {
        return 1L << ordinal();
    }
}
