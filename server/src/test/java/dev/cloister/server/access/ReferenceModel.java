package dev.cloister.server.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The authorization model once more, as slow and plain as its documentation: names are texts, every question walks
 * through every permission. It shares nothing with the product but the question, so that a mistake in one of them is a
 * difference between the two. Its tables were written from the documented roles.
 */
final class ReferenceModel {
    /** Every type with its actions. */
    private static final Map<String, List<String>> TYPES = new TreeMap<>();
    /** Permissions by {@code role/level}. */
    private static final Map<String, List<Line>> ROLES = new TreeMap<>();

    private static final Map<String, List<Line>> SCOPES = new TreeMap<>();

    /** A permission; {@code *} stands for all. */
    record Line(boolean negate, String type, String action) {}

    /** Roles and settings in one organization; custom permissions for everything in it and for one's own things. */
    record Place(List<String> roles, List<Line> all, List<Line> mine, String sharing) {}

    /** Somebody with a credential. */
    record Person(
            String id,
            boolean machine,
            List<String> siteRoles,
            List<Line> site,
            List<Line> user,
            Map<String, Place> organizations,
            List<String> groups,
            boolean ownerWorkspaceAccess,
            boolean workspaceSharing,
            List<String> scopes,
            List<List<String>> allowed) {}

    /** Something; empty texts for no organization and no owner. */
    record Thing(
            String type,
            String id,
            String organization,
            String owner,
            Map<String, List<String>> userAcl,
            Map<String, List<String>> groupAcl,
            boolean dormant) {}

    private static final String PREBUILDS = "c42fdf75-3097-471c-8c33-fb52454d81c0";

    private static void types(String names, String actions) {
        for (String name : names.split(" ")) {
            TYPES.put(name, List.of(actions.split(" ")));
        }
    }

    static {
        types(
                "workspace workspace_dormant",
                "create read update delete start stop ssh application_connect create_agent delete_agent update_agent"
                        + " share");
        types("prebuilt_workspace", "update delete");
        types("template", "create read update delete use view_insights");
        types("user", "create read update delete read_personal update_personal");
        types("chat", "create read update delete share");
        types("assign_role", "assign unassign read create update delete");
        types("assign_org_role", "assign unassign create read update delete");
        types(
                "api_key group organization organization_member provisioner_daemon workspace_proxy"
                        + " workspace_build_orchestration tailnet_coordinator system oauth2_app oauth2_app_secret"
                        + " notification_message crypto_key user_secret user_skill task ai_provider ai_gateway_key",
                "create read update delete");
        types("license webpush_subscription oauth2_app_code_token boundary_log", "create read delete");
        types(
                "provisioner_jobs inbox_notification workspace_agent_resource_monitor usage_event"
                        + " aibridge_interception",
                "create read update");
        types("audit_log file ai_seat", "create read");
        types(
                "connection_log deployment_config notification_template notification_preference idpsync_settings"
                        + " ai_model_price",
                "read update");
        types("boundary_usage", "read update delete");
        types("deployment_stats replicas group_member debug_info", "read");
        types("workspace_agent_devcontainers", "create");
    }

    static List<String> typeNames() {
        return List.copyOf(TYPES.keySet());
    }

    static List<String> actionsOf(String type) {
        return TYPES.get(type);
    }

    /** {@code "template * | file create read"}: types with their actions. */
    private static List<Line> lines(boolean negate, String text) {
        var lines = new ArrayList<Line>();
        for (String part : text.split("\\|")) {
            var words = List.of(part.trim().split(" +"));
            words.subList(1, words.size()).forEach(action -> lines.add(new Line(negate, words.getFirst(), action)));
        }
        return lines;
    }

    private static List<Line> allExcept(String types) {
        var left = new HashSet<>(TYPES.keySet());
        Arrays.asList(types.split(" ")).forEach(left::remove);
        return left.stream().map(type -> new Line(false, type, "*")).toList();
    }

    private static void role(String name, String level, List<Line> lines) {
        ROLES.computeIfAbsent(name + "/" + level, ignored -> new ArrayList<>()).addAll(lines);
    }

    private static void role(String name, String level, String text) {
        role(name, level, lines(false, text));
    }

    private static final String DORMANT =
            "workspace_dormant read delete create update stop create_agent delete_agent update_agent";
    private static final String WORKSPACE_BUT_INSIDE =
            "workspace create read update delete start stop create_agent delete_agent update_agent share";

    static {
        role(
                "owner",
                "site",
                allExcept("workspace workspace_dormant prebuilt_workspace user_skill ai_gateway_key boundary_log"
                        + " user_secret usage_event boundary_usage ai_seat"));
        role(
                "owner",
                "site",
                WORKSPACE_BUT_INSIDE + " | " + DORMANT + " | prebuilt_workspace update delete | user_skill read delete"
                        + " | ai_gateway_key create read delete | boundary_log read");
        role("owner-inside", "site", "workspace ssh application_connect");
        role("member", "site", "assign_role read | oauth2_app read | workspace_proxy read");
        // "workspace*" is every type whose name begins so.
        var workspaceTypes = String.join(
                " ",
                TYPES.keySet().stream()
                        .filter(name -> name.startsWith("workspace"))
                        .toList());
        role(
                "member",
                "user",
                allExcept(workspaceTypes + " prebuilt_workspace user organization_member boundary_log boundary_usage"
                        + " aibridge_interception chat ai_seat provisioner_daemon"));
        role(
                "member",
                "user",
                "user read read_personal update_personal | provisioner_daemon read create update"
                        + " | aibridge_interception create update | boundary_log create");
        role(
                "auditor",
                "site",
                "assign_org_role read | audit_log read | connection_log read | template read view_insights | user read"
                        + " | group read | group_member read | organization read | organization_member read"
                        + " | deployment_stats read | deployment_config read | aibridge_interception read"
                        + " | boundary_log read");
        role(
                "template-admin",
                "site",
                "template * | file create read | workspace read | workspace_dormant read"
                        + " | prebuilt_workspace update delete | provisioner_daemon create read update delete"
                        + " | user read | group read | group_member read | organization read"
                        + " | organization_member read | assign_org_role read");
        role(
                "user-admin",
                "site",
                "assign_role assign unassign read | assign_org_role assign unassign read"
                        + " | user create read update delete read_personal update_personal"
                        + " | group create read update delete | group_member read | organization read"
                        + " | organization_member create read update delete | idpsync_settings read update");
        role("organization-admin", "site", "user read");
        role(
                "organization-admin",
                "org",
                allExcept("workspace workspace_dormant prebuilt_workspace assign_role user_secret boundary_log"
                        + " boundary_usage ai_seat workspace_build_orchestration"));
        role(
                "organization-admin",
                "org",
                WORKSPACE_BUT_INSIDE + " | " + DORMANT + " | prebuilt_workspace update delete");
        role(
                "organization-auditor",
                "org",
                "audit_log read | connection_log read | template read view_insights | group read | group_member read"
                        + " | organization read | organization_member read");
        role("organization-user-admin", "site", "user read");
        role(
                "organization-user-admin",
                "org",
                "assign_org_role assign unassign read | organization read"
                        + " | organization_member create read update delete | group create read update delete"
                        + " | group_member read | idpsync_settings read update");
        role(
                "organization-template-admin",
                "org",
                "template * | file create read | workspace read | workspace_dormant read"
                        + " | prebuilt_workspace update delete | provisioner_daemon create read update delete"
                        + " | provisioner_jobs read update create | organization read | organization_member read"
                        + " | group read | group_member read");
        role(
                "organization-workspace-creation-ban",
                "org",
                lines(true, "workspace create delete create_agent delete_agent"));
        role(
                "organization-workspace-access",
                "mine",
                "workspace * | " + DORMANT + " | file create read | provisioner_daemon create read | task *");
        role("agents-access", "mine", "chat create read share update");
        role("belonging", "org", "provisioner_daemon read | organization read | assign_org_role read");
        role(
                "belonging",
                "mine",
                "organization_member read | group_member read | api_key * | notification_message read update"
                        + " | notification_preference * | inbox_notification * | aibridge_interception create update");
        SCOPES.put("coder:all", List.of(new Line(false, "*", "*")));
        SCOPES.put("coder:application_connect", lines(false, "workspace application_connect"));
        SCOPES.put("coder:workspaces.create", lines(false, "template read use | workspace create read update"));
        SCOPES.put("coder:workspaces.operate", lines(false, "template read | workspace read update start stop"));
        SCOPES.put("coder:workspaces.delete", lines(false, "template read use | workspace read delete"));
        SCOPES.put("coder:workspaces.access", lines(false, "template read | workspace read ssh application_connect"));
        SCOPES.put("coder:templates.build", lines(false, "template read | file create read | provisioner_jobs read"));
        SCOPES.put(
                "coder:templates.author",
                lines(false, "template create read update delete view_insights | file create read"));
        SCOPES.put("coder:apikeys.manage_self", lines(false, "api_key *"));
    }

    static List<String> compositeScopes() {
        return List.copyOf(SCOPES.keySet());
    }

    private final Person person;
    private final List<Line> site;
    private final List<Line> user;
    private final Map<String, List<Line>> all = new TreeMap<>();
    private final Map<String, List<Line>> mine = new TreeMap<>();

    ReferenceModel(Person person) {
        this.person = person;
        this.site = site(person);
        this.user = user(person);
        person.organizations().forEach((id, place) -> {
            all.put(id, organization(person, place));
            mine.put(id, mine(person, place));
        });
    }

    boolean may(String action, Thing thing) {
        if (!TYPES.get(thing.type()).contains(action)) {
            return false;
        }
        if (thing.type().equals("workspace") && thing.dormant()) {
            var dormant = new Thing(
                    "workspace_dormant", thing.id(), thing.organization(), thing.owner(), Map.of(), Map.of(), true);
            return may(action, dormant);
        }
        boolean allowed = byRoles(action, thing) || byAcl(action, thing);
        return (allowed && byScope(action, thing)) || mayAsPrebuilt(action, thing);
    }

    private boolean mayAsPrebuilt(String action, Thing thing) {
        if (!thing.type().equals("workspace") || !thing.owner().equals(PREBUILDS)) {
            return false;
        }
        var prebuilt = new Thing(
                "prebuilt_workspace", thing.id(), thing.organization(), thing.owner(), Map.of(), Map.of(), false);
        return may(action, prebuilt);
    }

    private boolean byRoles(String action, Thing thing) {
        boolean theirs = person.id().equals(thing.owner());
        int bySite = vote(site, action, thing);
        if (bySite != 0) {
            return bySite > 0;
        }
        if (thing.organization().isEmpty()) {
            return theirs && vote(user, action, thing) > 0;
        }
        if (!person.organizations().containsKey(thing.organization())) {
            return false;
        }
        int byOrganization = vote(all.get(thing.organization()), action, thing);
        if (byOrganization != 0) {
            return byOrganization > 0;
        }
        return theirs && vote(mine.get(thing.organization()), action, thing) > 0;
    }

    private static List<Line> site(Person person) {
        var lines = new ArrayList<>(ROLES.get("member/site"));
        if (!person.workspaceSharing()) {
            lines.add(new Line(true, "workspace", "share"));
        }
        for (String role : person.siteRoles()) {
            lines.addAll(ROLES.getOrDefault(role + "/site", List.of()));
            if (role.equals("owner") && person.ownerWorkspaceAccess()) {
                lines.addAll(ROLES.get("owner-inside/site"));
            }
        }
        for (Place place : person.organizations().values()) {
            place.roles().forEach(role -> lines.addAll(ROLES.getOrDefault(role + "/site", List.of())));
        }
        lines.addAll(person.site());
        return lines;
    }

    private static List<Line> user(Person person) {
        var lines = new ArrayList<>(ROLES.get("member/user"));
        lines.addAll(person.user());
        return lines;
    }

    private static List<Line> organization(Person person, Place place) {
        var lines = new ArrayList<>(ROLES.get("belonging/org"));
        if (place.sharing().equals("none")) {
            lines.add(new Line(true, "workspace", "share"));
        } else {
            lines.add(new Line(false, "organization_member", "read"));
        }
        boolean seesGroups = place.sharing().equals("everyone")
                || (person.machine() && !place.sharing().equals("none"));
        if (seesGroups) {
            lines.add(new Line(false, "group", "read"));
        }
        place.roles().forEach(role -> lines.addAll(ROLES.getOrDefault(role + "/org", List.of())));
        lines.addAll(place.all());
        return lines;
    }

    private static List<Line> mine(Person person, Place place) {
        var lines = new ArrayList<>(ROLES.get("belonging/mine"));
        if (place.sharing().equals("service_accounts") && !person.machine()) {
            lines.add(new Line(true, "workspace", "share"));
        }
        place.roles().forEach(role -> lines.addAll(ROLES.getOrDefault(role + "/mine", List.of())));
        lines.addAll(place.mine());
        return lines;
    }

    /** Below zero for a denial, above for a grant. */
    private static int vote(List<Line> lines, String action, Thing thing) {
        int vote = 0;
        for (Line line : lines) {
            if ((line.type().equals("*") || line.type().equals(thing.type()))
                    && (line.action().equals("*") || line.action().equals(action))) {
                if (line.negate()) {
                    return -1;
                }
                vote = 1;
            }
        }
        return vote;
    }

    private boolean byAcl(String action, Thing thing) {
        boolean typeHasLists = Set.of("template", "workspace", "group", "chat").contains(thing.type());
        boolean forbidden = thing.type().equals("workspace") && !person.workspaceSharing();
        if (!typeHasLists || forbidden || !person.organizations().containsKey(thing.organization())) {
            return false;
        }
        var given = new ArrayList<>(thing.userAcl().getOrDefault(person.id(), List.of()));
        person.groups().forEach(group -> given.addAll(thing.groupAcl().getOrDefault(group, List.of())));
        // Everyone is a group with the id of the organization.
        person.organizations()
                .keySet()
                .forEach(id -> given.addAll(thing.groupAcl().getOrDefault(id, List.of())));
        return given.contains(action) || given.contains("*");
    }

    private boolean byScope(String action, Thing thing) {
        boolean named = false;
        for (String scope : person.scopes()) {
            List<Line> lines = SCOPES.containsKey(scope)
                    ? SCOPES.get(scope)
                    : List.of(new Line(false, scope.split(":")[0], scope.split(":")[1]));
            named |= vote(lines, action, thing) > 0;
        }
        boolean listed = false;
        for (List<String> entry : person.allowed()) {
            listed |= (entry.get(0).equals("*") || entry.get(0).equals(thing.type()))
                    && (entry.get(1).equals("*") || entry.get(1).equals(thing.id()));
        }
        return named && listed;
    }
}
