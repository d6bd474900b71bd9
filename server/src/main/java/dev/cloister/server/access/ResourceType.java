package dev.cloister.server.access;

import static dev.cloister.server.access.Action.*;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The kinds of things that are protected, each with the actions that mean something for it. */
public enum ResourceType {
    API_KEY(CREATE, READ, UPDATE, DELETE),
    ASSIGN_ORG_ROLE(ASSIGN, UNASSIGN, CREATE, READ, UPDATE, DELETE),
    ASSIGN_ROLE(ASSIGN, UNASSIGN, READ),
    AUDIT_LOG(CREATE, READ),
    CONNECTION_LOG(READ, UPDATE),
    DEPLOYMENT_CONFIG(READ, UPDATE),
    DEPLOYMENT_STATS(READ),
    FILE(CREATE, READ),
    GROUP(CREATE, READ, UPDATE, DELETE),
    GROUP_MEMBER(READ),
    ORGANIZATION(CREATE, READ, UPDATE, DELETE),
    ORGANIZATION_MEMBER(CREATE, READ, UPDATE, DELETE),
    PROVISIONER_DAEMON(CREATE, READ, UPDATE, DELETE),
    PROVISIONER_JOBS(CREATE, READ, UPDATE),
    TEMPLATE(CREATE, READ, UPDATE, DELETE, USE, VIEW_INSIGHTS),
    USER(CREATE, READ, UPDATE, DELETE, READ_PERSONAL, UPDATE_PERSONAL),
    WORKSPACE(
            CREATE,
            READ,
            UPDATE,
            DELETE,
            START,
            STOP,
            SSH,
            APPLICATION_CONNECT,
            CREATE_AGENT,
            DELETE_AGENT,
            UPDATE_AGENT,
            SHARE);

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final Set<Action> actions;
    private final long allBits;

    ResourceType(Action... actions) {
        this.actions = EnumSet.of(actions[0], actions);
        this.allBits = bits(actions);
    }

    /** The name in requests, responses and the policy matrix. */
    public String wireName() {
        return wireName;
    }

    /** The actions that mean something for this type. */
    public Set<Action> actions() {
        return Set.copyOf(actions);
    }

    /** Whether single objects of this type can be granted to people and groups, besides what roles give. */
    boolean hasGrants() {
        return this == TEMPLATE;
    }

    long allBits() {
        return allBits;
    }

    /** The type of a wire name, empty for a name that is none. */
    public static Optional<ResourceType> parse(String wireName) {
        for (ResourceType type : values()) {
            if (type.wireName.equals(wireName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    static long bits(Action... actions) {
        long bits = 0;
        for (Action action : actions) {
            bits |= action.bit();
        }
        return bits;
    }
}
