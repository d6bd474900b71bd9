package dev.cloister.server.access;

import static dev.cloister.server.access.Action.*;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kinds of things that are protected, each with the actions that mean something for it. The names are those of the
 * published API; kinds of parts that this product leaves out are there too, so that roles and scopes are complete.
 */
public enum ResourceType {
    AI_GATEWAY_KEY(CREATE, READ, UPDATE, DELETE),
    AI_MODEL_PRICE(READ, UPDATE),
    AI_PROVIDER(CREATE, READ, UPDATE, DELETE),
    AI_SEAT(CREATE, READ),
    AIBRIDGE_INTERCEPTION(CREATE, READ, UPDATE),
    API_KEY(CREATE, READ, UPDATE, DELETE),
    ASSIGN_ORG_ROLE(ASSIGN, UNASSIGN, CREATE, READ, UPDATE, DELETE),
    /** Site roles. Creating, changing and deleting them is ours: the published API has no site roles of one's own. */
    ASSIGN_ROLE(ASSIGN, UNASSIGN, READ, CREATE, UPDATE, DELETE),
    /** That what the log says of a person can be erased is ours. */
    AUDIT_LOG(CREATE, READ, DELETE),
    /** Ours: where copies of the audit log are sent. Site-wide. */
    AUDIT_SINK(CREATE, READ, UPDATE, DELETE),
    BOUNDARY_LOG(CREATE, READ, DELETE),
    BOUNDARY_USAGE(READ, UPDATE, DELETE),
    CHAT(CREATE, READ, UPDATE, DELETE, SHARE),
    CONNECTION_LOG(READ, UPDATE),
    CRYPTO_KEY(CREATE, READ, UPDATE, DELETE),
    DEBUG_INFO(READ),
    DEPLOYMENT_CONFIG(READ, UPDATE),
    DEPLOYMENT_STATS(READ),
    FILE(CREATE, READ),
    GROUP(CREATE, READ, UPDATE, DELETE),
    GROUP_MEMBER(READ),
    IDPSYNC_SETTINGS(READ, UPDATE),
    INBOX_NOTIFICATION(CREATE, READ, UPDATE),
    LICENSE(CREATE, READ, DELETE),
    NOTIFICATION_MESSAGE(CREATE, READ, UPDATE, DELETE),
    NOTIFICATION_PREFERENCE(READ, UPDATE),
    NOTIFICATION_TEMPLATE(READ, UPDATE),
    OAUTH2_APP(CREATE, READ, UPDATE, DELETE),
    OAUTH2_APP_CODE_TOKEN(CREATE, READ, DELETE),
    OAUTH2_APP_SECRET(CREATE, READ, UPDATE, DELETE),
    ORGANIZATION(CREATE, READ, UPDATE, DELETE),
    ORGANIZATION_MEMBER(CREATE, READ, UPDATE, DELETE),
    /** A workspace of the prebuilds' account: judged as a workspace first. */
    PREBUILT_WORKSPACE(UPDATE, DELETE),
    PROVISIONER_DAEMON(CREATE, READ, UPDATE, DELETE),
    PROVISIONER_JOBS(CREATE, READ, UPDATE),
    REPLICAS(READ),
    SYSTEM(CREATE, READ, UPDATE, DELETE),
    TAILNET_COORDINATOR(CREATE, READ, UPDATE, DELETE),
    TASK(CREATE, READ, UPDATE, DELETE),
    TEMPLATE(CREATE, READ, UPDATE, DELETE, USE, VIEW_INSIGHTS),
    USAGE_EVENT(CREATE, READ, UPDATE),
    USER(CREATE, READ, UPDATE, DELETE, READ_PERSONAL, UPDATE_PERSONAL),
    USER_SECRET(CREATE, READ, UPDATE, DELETE),
    USER_SKILL(CREATE, READ, UPDATE, DELETE),
    WEBPUSH_SUBSCRIPTION(CREATE, READ, DELETE),
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
            SHARE),
    WORKSPACE_AGENT_DEVCONTAINERS(CREATE),
    WORKSPACE_AGENT_RESOURCE_MONITOR(CREATE, READ, UPDATE),
    WORKSPACE_BUILD_ORCHESTRATION(CREATE, READ, UPDATE, DELETE),
    /** A workspace while it is dormant: nobody starts it or connects to it. */
    WORKSPACE_DORMANT(
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
            SHARE),
    WORKSPACE_PROXY(CREATE, READ, UPDATE, DELETE);

    private static final Map<String, ResourceType> BY_NAME = new HashMap<>();

    static {
        for (ResourceType type : values()) {
            BY_NAME.put(type.wireName, type);
        }
    }

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
        return this == TEMPLATE || this == WORKSPACE || this == GROUP || this == CHAT;
    }

    /** Whether there are things of it that belong to a person and to no organization. */
    boolean isOwnedOutsideOrganizations() {
        return switch (this) {
            case AIBRIDGE_INTERCEPTION,
                    API_KEY,
                    BOUNDARY_LOG,
                    FILE,
                    INBOX_NOTIFICATION,
                    NOTIFICATION_MESSAGE,
                    NOTIFICATION_PREFERENCE,
                    OAUTH2_APP_CODE_TOKEN,
                    PROVISIONER_DAEMON,
                    USER,
                    USER_SECRET,
                    USER_SKILL,
                    WEBPUSH_SUBSCRIPTION -> true;
            default -> false;
        };
    }

    boolean knows(Action action) {
        return (allBits & action.bit()) != 0;
    }

    long allBits() {
        return allBits;
    }

    /** The type of a wire name, empty for a name that is none. */
    public static Optional<ResourceType> parse(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    static long bits(Action... actions) {
        long bits = 0;
        for (Action action : actions) {
            bits |= action.bit();
        }
        return bits;
    }
}
