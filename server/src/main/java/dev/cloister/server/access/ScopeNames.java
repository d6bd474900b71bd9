package dev.cloister.server.access;

import static dev.cloister.server.access.Action.*;
import static dev.cloister.server.access.ResourceType.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The names of scopes: composites for a purpose, and one action on one type. */
public final class ScopeNames {
    private static final Map<String, Consumer<Grants>> NAMED = new LinkedHashMap<>();
    /** Types whose single actions people may ask for; all others are for composites and for the product itself. */
    private static final Map<ResourceType, List<Action>> PUBLIC = new LinkedHashMap<>();

    static {
        NAMED.put("coder:all", grants -> grants.allowAllExcept());
        NAMED.put("coder:application_connect", grants -> grants.allow(WORKSPACE, APPLICATION_CONNECT));
        NAMED.put(
                "coder:workspaces.create",
                grants -> grants.allow(TEMPLATE, READ, USE).allow(WORKSPACE, CREATE, READ, UPDATE));
        NAMED.put(
                "coder:workspaces.operate",
                grants -> grants.allow(TEMPLATE, READ).allow(WORKSPACE, READ, UPDATE, START, STOP));
        NAMED.put(
                "coder:workspaces.delete",
                grants -> grants.allow(TEMPLATE, READ, USE).allow(WORKSPACE, READ, DELETE));
        NAMED.put(
                "coder:workspaces.access",
                grants -> grants.allow(TEMPLATE, READ).allow(WORKSPACE, READ, SSH, APPLICATION_CONNECT));
        NAMED.put(
                "coder:templates.build",
                grants -> grants.allow(TEMPLATE, READ).allow(FILE, CREATE, READ).allow(PROVISIONER_JOBS, READ));
        NAMED.put(
                "coder:templates.author",
                grants -> grants.allow(TEMPLATE, CREATE, READ, UPDATE, DELETE, VIEW_INSIGHTS)
                        .allow(FILE, CREATE, READ));
        NAMED.put("coder:apikeys.manage_self", grants -> grants.allow(API_KEY));

        PUBLIC.put(API_KEY, List.of(CREATE, READ, UPDATE, DELETE));
        PUBLIC.put(FILE, List.of(CREATE, READ));
        PUBLIC.put(ORGANIZATION, List.of(READ, UPDATE, DELETE));
        PUBLIC.put(TASK, List.of(CREATE, READ, UPDATE, DELETE));
        PUBLIC.put(TEMPLATE, List.of(CREATE, READ, UPDATE, DELETE, USE));
        PUBLIC.put(USER, List.of(READ, READ_PERSONAL, UPDATE_PERSONAL));
        PUBLIC.put(USER_SECRET, List.of(CREATE, READ, UPDATE, DELETE));
        PUBLIC.put(USER_SKILL, List.of(CREATE, READ, UPDATE, DELETE));
        PUBLIC.put(WORKSPACE, List.of(CREATE, READ, UPDATE, DELETE, SSH, START, STOP, APPLICATION_CONNECT));
    }

    private ScopeNames() {}

    /** The names that people may ask for, in the order of their lists. */
    public static List<String> requestable() {
        var names = new ArrayList<>(NAMED.keySet());
        PUBLIC.forEach((type, actions) -> {
            names.add(type.wireName() + ":*");
            actions.forEach(action -> names.add(type.wireName() + ":" + action.wireName()));
        });
        names.sort(null);
        return names;
    }

    /** The name as it is kept: two have an older form. */
    public static String canonical(String name) {
        return name.equals("all") || name.equals("application_connect") ? "coder:" + name : name;
    }

    /** Adds what the name gives; false for a name that is none. */
    static boolean add(Grants grants, String name) {
        Consumer<Grants> named = NAMED.get(canonical(name));
        if (named != null) {
            named.accept(grants);
            return true;
        }
        int colon = name.indexOf(':');
        if (colon < 0) {
            return false;
        }
        var permission = Permission.parse(false, name.substring(0, colon), name.substring(colon + 1))
                .filter(parsed -> parsed.type() != null);
        permission.ifPresent(parsed -> parsed.addTo(grants));
        return permission.isPresent();
    }
}
