package dev.cloister.server;

import dev.cloister.server.platform.http.Route;
import dev.cloister.server.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Calls every route that changes something, as somebody who may and with a body that is made from the API document,
 * while no event can be stored: nothing may change, and the caller is told so by a 503. A route that answers well must
 * stand in {@link #WITHOUT_EVENTS} with what it does; whatever it answers, no row may be another one afterwards.
 */
final class FailClosedSweep {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
    private static final String PASSWORD = "correct-horse-battery";

    /** Sends a request: method, path, token, body. */
    interface Sender {
        HttpResponse<String> send(String method, String path, String token, Object body);
    }

    /** What may answer well, and why there is no event. */
    private static final Set<String> WITHOUT_EVENTS = Set.of(
            // questions
            "POST /api/v2/authcheck",
            "POST /api/v2/users/validate-password",
            "POST /api/v2/templateversions/{templateversion}/dynamic-parameters/evaluate",
            // says the same whether there is such a person or not
            "POST /api/v2/users/otp/request",
            // of the process, not of what it keeps
            "POST /api/v2/debug/profile",
            "POST /api/v2/licenses/refresh-entitlements",
            // there are no presets to invalidate; where there are, it is a change of the template
            "POST /api/v2/templates/{template}/prebuilds/invalidate",
            // Unaudited.NO_CHANGE, NOTIFICATION_READ, NOTIFICATION_TO_ONESELF, WORKSPACE_USE
            "POST /api/v2/csp/reports",
            "PUT /api/v2/notifications/inbox/mark-all-as-read",
            "PUT /api/v2/notifications/inbox/{id}/read-status",
            "POST /api/v2/notifications/test",
            "POST /api/v2/users/{user}/webpush/test",
            "POST /api/v2/notifications/custom",
            "POST /api/v2/workspaces/{workspace}/usage",
            // AGENT_REPORT
            "PATCH /api/v2/workspaceagents/me/logs",
            "POST /api/v2/workspaceagents/me/log-source");

    /** Rows that say nothing about who did what, and change by themselves (see {@code Unaudited}). */
    private static final Set<String> NOT_LOOKED_AT = Set.of(
            "flyway_schema_history",
            "audit_queue",
            "audit_leaves",
            "audit_tiles",
            "audit_checkpoints",
            "server_processes",
            "inbox_notifications",
            "notification_messages",
            "workspace_agent_logs",
            "workspace_agent_log_sources");

    private static final String SELF_CHANGING = "ARRAY['last_seen_at', 'last_used', 'last_used_at', 'updated_at',"
            + " 'expires_at', 'heartbeat_at', 'ip_address', 'last_heartbeat_at', 'refreshed_at']";

    private final Sender sender;
    private final TestDatabase database;
    private final Map<String, String> ids;
    private final String owner;
    private final String agentToken = UUID.randomUUID().toString();
    private final Map<String, Object> bodies = new LinkedHashMap<>();
    private final Map<String, String> paths = new LinkedHashMap<>();
    private String fingerprint = "";

    FailClosedSweep(Sender sender, TestDatabase database, Map<String, String> ids, String owner) {
        this.sender = sender;
        this.database = database;
        this.ids = new LinkedHashMap<>(ids);
        this.owner = owner;
    }

    private String post(String path, Object body, String field) {
        var answer = sender.send("POST", path, owner, body);
        if (answer.statusCode() >= 300 && answer.statusCode() != 501) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().isEmpty() ? "" : json(answer).path(field).asString("");
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return dev.cloister.contract.api.ApiJson.mapper().readTree(answer.body());
    }

    /** Things to change. */
    private void arrange() {
        String organization = ids.get("organization");
        ids.put("user", database.look("SELECT id FROM users WHERE username = 'member'"));
        ids.put("group", post("/api/v2/organizations/" + organization + "/groups", Map.of("name", "team"), "id"));
        ids.put("spare", post("/api/v2/organizations", Map.of("name", "spare"), "id"));
        post("/api/v2/users/me/secrets", Map.of("name", "known", "value", "x", "env_name", "KNOWN"), "name");
        ids.put("name", "known");
        post("/api/experimental/users/me/skills", Map.of("content", skill("known")), "name");
        ids.put("skillName", "known");
        post("/api/v2/users/roles", role("known"), "name");
        post("/api/v2/organizations/" + organization + "/members/roles", role("known"), "name");
        ids.put("roleName", "known");
        post("/api/v2/organizations/" + organization + "/provisionerkeys", Map.of("name", "known"), "key");
        ids.put("provisionerkey", "known");
        String token = post("/api/v2/users/me/keys/tokens", Map.of("token_name", "known"), "key");
        ids.put("keyid", token.substring(0, token.indexOf('-')));
        ids.put(
                "notification_template",
                json(sender.send("GET", "/api/v2/notifications/templates/system", owner, null))
                        .get(0)
                        .get("id")
                        .asString());
        database.execute("UPDATE templates SET max_port_share_level = 'public'");
        post("/api/v2/workspaces/" + ids.get("workspace") + "/port-share", port(8081), "");
        templates();
        var other = post(
                "/api/v2/users/member/workspaces", Map.of("name", "other", "template_id", ids.get("template")), "id");
        ids.put("otherBuild", database.look("SELECT id FROM workspace_builds WHERE workspace_id = '" + other + "'"));
        database.execute("UPDATE workspace_agents SET hashed_token = sha256('" + agentToken + "'::bytea) WHERE id = '"
                + ids.get("workspaceagent") + "'");
        bodies();
        paths();
    }

    private void templates() {
        ids.put("second", version("second", "", ""));
        ids.put("free", version("free", ", 'template_id', null", ""));
        ids.put("pending", version("pending", "", ", 'completed_at', null, 'started_at', null, 'worker_id', null"));
        ids.put("spareTemplate", copy("templates", ids.get("template"), "'name', 'spare'"));
    }

    private String version(String name, String differences, String ofJob) {
        String version = ids.get("templateversion");
        String job = copy(
                "provisioner_jobs",
                database.look("SELECT job_id FROM template_versions WHERE id = '" + version + "'"),
                "'error', ''" + ofJob);
        return copy("template_versions", version, "'name', '" + name + "', 'job_id', '" + job + "'" + differences);
    }

    /** A row like another one. */
    private String copy(String table, String id, String differences) {
        String other = UUID.randomUUID().toString();
        database.execute("INSERT INTO " + table
                + " OVERRIDING USER VALUE SELECT (jsonb_populate_record(t, jsonb_build_object('id', '" + other + "', "
                + differences + "))).* FROM " + table + " t WHERE id = '" + id + "'");
        return other;
    }

    private static String skill(String name) {
        return "---\nname: " + name + "\ndescription: A way to do it.\n---\nDo it.\n";
    }

    private static Map<String, Object> role(String name) {
        return Map.of("name", name, "display_name", "A role");
    }

    private static Map<String, Object> port(int port) {
        return Map.of("agent_name", "main", "port", port, "share_level", "authenticated", "protocol", "http");
    }

    /** Where what a field is called does not say what it must hold. */
    private void bodies() {
        String template = ids.get("template");
        var member = Map.of(ids.get("user"), "use");
        bodies.put("POST /api/v2/users/login", Map.of("email", "member@example.com", "password", PASSWORD));
        bodies.put(
                "POST /api/v2/users",
                Map.of(
                        "username",
                        "sweep",
                        "email",
                        "sweep@example.com",
                        "password",
                        PASSWORD,
                        "organization_ids",
                        List.of(ids.get("organization"))));
        bodies.put("PUT /api/v2/users/{user}/roles", Map.of("roles", List.of("auditor")));
        bodies.put(
                "PUT /api/v2/organizations/{organization}/members/{user}/roles",
                Map.of("roles", List.of("organization-auditor")));
        bodies.put(
                "PUT /api/v2/users/{user}/appearance",
                Map.of("theme_preference", "dark", "terminal_font", "fira-code"));
        bodies.put("PUT /api/v2/users/{user}/preferences", Map.of("task_notification_alert_dismissed", true));
        bodies.put("POST /api/v2/users/{user}/keys/tokens", Map.of("token_name", "sweep"));
        bodies.put("PATCH /api/v2/organizations/{organization}", Map.of("display_name", "Sweep"));
        bodies.put("PATCH /api/v2/groups/{group}", Map.of("add_users", List.of(ids.get("user"))));
        for (String path : List.of("/api/v2/users/roles", "/api/v2/organizations/{organization}/members/roles")) {
            bodies.put("POST " + path, role("sweep"));
            bodies.put("PUT " + path, Map.of("name", "known", "display_name", "Another"));
        }
        bodies.put("POST /api/v2/users/{user}/secrets/batch", Map.of("format", "env", "content", "SWEEP=x"));
        bodies.put("PATCH /api/v2/users/{user}/secrets/{name}", Map.of("description", "Sweep"));
        bodies.put("POST /api/experimental/users/{user}/skills", Map.of("content", skill("sweep")));
        bodies.put(
                "PATCH /api/experimental/users/{user}/skills/{skillName}",
                Map.of("content", skill("known") + "And more.\n"));
        bodies.put("PUT /api/v2/notifications/templates/{notification_template}/method", Map.of("method", "inbox"));
        bodies.put(
                "PUT /api/v2/users/{user}/notifications/preferences",
                Map.of("template_disabled_map", Map.of(ids.get("notification_template"), true)));
        bodies.put("PATCH /api/v2/templates/{template}/versions", Map.of("id", ids.get("second")));
        bodies.put("POST /api/v2/templates/{template}/versions/archive", Map.of("all", true));
        bodies.put("PATCH /api/v2/templates/{template}/acl", Map.of("user_perms", member));
        bodies.put("PATCH /api/v2/templates/{template}", Map.of("description", "Sweep"));
        bodies.put(
                "POST /api/v2/organizations/{organization}/templates",
                Map.of("name", "sweep", "template_version_id", ids.get("free")));
        bodies.put(
                "POST /api/v2/organizations/{organization}/templateversions",
                Map.of(
                        "storage_method", "file",
                        "provisioner", "sandbox",
                        "file_id", database.look("SELECT id FROM files LIMIT 1")));
        bodies.put("POST /api/v2/templateversions/{templateversion}/dry-run", Map.of("workspace_name", "sweep"));
        bodies.put("POST /api/v2/users/{user}/workspaces", Map.of("name", "sweep", "template_id", template));
        bodies.put(
                "POST /api/v2/organizations/{organization}/members/{user}/workspaces",
                Map.of("name", "sweep", "template_id", template));
        bodies.put("PUT /api/v2/users/{user}/quiet-hours", Map.of("schedule", "CRON_TZ=UTC 30 9 * * *"));
        bodies.put("PATCH /api/v2/workspaces/{workspace}/acl", Map.of("user_roles", member));
        bodies.put("POST /api/v2/workspaces/{workspace}/port-share", port(8080));
        bodies.put("DELETE /api/v2/workspaces/{workspace}/port-share", Map.of("agent_name", "main", "port", 8081));
        bodies.put("POST /api/v2/workspaces/{workspace}/usage", Map.of());
    }

    /** Where another thing must be named than that which the sweep of rights names. */
    private void paths() {
        for (String own : List.of("keys", "secrets", "skills", "notifications")) {
            paths.put("/users/{user}/" + own, "/users/me/" + own);
        }
        paths.put("DELETE /api/v2/organizations/{organization}", "/api/v2/organizations/" + ids.get("spare"));
        paths.put(
                "POST /api/v2/organizations/{organization}/members/{user}",
                "/api/v2/organizations/" + ids.get("spare") + "/members/" + ids.get("user"));
        paths.put("DELETE /api/v2/templates/{template}", "/api/v2/templates/" + ids.get("spareTemplate"));
        paths.put(
                "PATCH /api/v2/workspacebuilds/{workspacebuild}/cancel",
                "/api/v2/workspacebuilds/" + ids.get("otherBuild") + "/cancel");
        paths.put(
                "PATCH /api/v2/templateversions/{templateversion}/cancel",
                "/api/v2/templateversions/" + ids.get("pending") + "/cancel");
        paths.put(
                "POST /api/v2/templateversions/{templateversion}/archive",
                "/api/v2/templateversions/" + ids.get("second") + "/archive");
    }

    private String path(Route route) {
        String path = paths.getOrDefault(route.method() + " " + route.path(), route.path());
        for (var other : paths.entrySet()) {
            path = path.replace(other.getKey(), other.getValue());
        }
        return PARAMETER.matcher(path).replaceAll(found -> {
            String id = ids.get(found.group(1));
            return id == null ? UUID.randomUUID().toString() : id;
        });
    }

    /** The answers as text, and what is wrong with them. */
    String run(List<Route> routes, List<String> faults) {
        arrange();
        var examples = new ExampleBodies(json(sender.send("GET", "/api/v2/openapi.json", "", null)), ids);
        database.execute("CREATE FUNCTION log_is_broken() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'the store of the log is broken'; END $$");
        database.execute("CREATE TRIGGER broken BEFORE INSERT ON audit_events FOR EACH STATEMENT"
                + " EXECUTE FUNCTION log_is_broken()");
        var text = new StringBuilder("# route: what it answers while no event can be stored.\n");
        try {
            fingerprint = fingerprint();
            for (Route route : routes) {
                if (!route.method().equals("GET")) {
                    text.append(call(route, examples, faults)).append('\n');
                }
            }
        } finally {
            database.execute("DROP TRIGGER broken ON audit_events");
        }
        return text.toString();
    }

    private String call(Route route, ExampleBodies examples, List<String> faults) {
        String name = route.method() + " " + route.path();
        String path = path(route);
        boolean asAgent = path.contains("/workspaceagents/me/");
        var body = bodies.getOrDefault(name, examples.of(route.method(), route.path()));
        var answer = sender.send(route.method(), path, asAgent ? agentToken : owner, body);
        int status = answer.statusCode();
        if (status >= 500 && status != 503 && status != 501) {
            faults.add(name + " answers " + status);
        }
        if (status == 503 && !answer.body().contains("The audit log cannot be written just now")) {
            faults.add(name + " says " + answer.body());
        }
        if (status < 400 && !WITHOUT_EVENTS.contains(name)) {
            faults.add(name + " answers " + status + " although its event cannot be stored. Where it is a question, or"
                    + " changes nothing that anybody could be asked about, name it in WITHOUT_EVENTS.");
        }
        String now = fingerprint();
        if (!now.equals(fingerprint)) {
            faults.add(name + " changed " + difference(fingerprint, now) + " although its event cannot be stored");
            fingerprint = now;
        }
        return name + ": " + status;
    }

    private static String difference(String before, String now) {
        var lines = new ArrayList<>(now.lines().toList());
        lines.removeAll(before.lines().toList());
        return String.join(
                ", ", lines.stream().map(line -> line.replaceAll(" .*", "")).toList());
    }

    /** What every table holds, one line each. */
    private String fingerprint() {
        if (fingerprintSql.isEmpty()) {
            fingerprintSql = database.look(
                    "SELECT string_agg('SELECT ''' || tablename || ' '' || md5(coalesce(string_agg((to_jsonb(t) - "
                            + SELF_CHANGING.replace("'", "''")
                            + ")::text, '','' ORDER BY t::text), '''')) AS line FROM ' || tablename || ' t', ' UNION ALL ')"
                            + " FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('"
                            + String.join("', '", NOT_LOOKED_AT) + "')");
        }
        return database.look("SELECT string_agg(line, E'\\n' ORDER BY line) FROM (" + fingerprintSql + ") AS tables");
    }

    private String fingerprintSql = "";
}
