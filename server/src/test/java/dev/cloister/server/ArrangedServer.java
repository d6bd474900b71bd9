package dev.cloister.server;

import dev.cloister.contract.api.ApiJson;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A whole server with one of each thing in it, so that every path leads somewhere. */
final class ArrangedServer implements AutoCloseable {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    final WholeServer server;
    final String owner;
    final UUID agentToken = UUID.randomUUID();
    private final Map<String, String> ids = new HashMap<>();

    ArrangedServer(Path directory) throws Exception {
        server = new WholeServer(directory, "--api-rate-limit", "0", "--login-rate-limit", "0");
        owner = server.owner();
        JsonNode organization = json(server.send("GET", "/api/v2/organizations", owner, null)
                        .body())
                .get(0);
        ids.put("organization", organization.get("id").asString());
        ids.put("organizationname", organization.get("name").asString());
        ids.put("user", person("victim"));
        things();
    }

    /** Creates a member; returns the id. */
    String person(String name) {
        return json(server.send(
                                "POST",
                                "/api/v2/users",
                                owner,
                                Map.of(
                                        "username",
                                        name,
                                        "email",
                                        name + "@example.com",
                                        "password",
                                        WholeServer.PASSWORD,
                                        "organization_ids",
                                        List.of(ids.get("organization"))))
                        .body())
                .get("id")
                .asString();
    }

    /** Signs in; returns the session token. */
    String login(String name) {
        var body = Map.of("email", name + "@example.com", "password", WholeServer.PASSWORD);
        return json(server.send("POST", "/api/v2/users/login", "", body).body())
                .get("session_token")
                .asString();
    }

    private void things() {
        JsonNode template = json(server.send("GET", "/api/v2/templates", owner, null)
                        .body())
                .get(0);
        ids.put("template", template.get("id").asString());
        ids.put("templatename", template.get("name").asString());
        ids.put("templateversion", template.get("active_version_id").asString());
        JsonNode workspace = json(server.send(
                        "POST",
                        "/api/v2/users/me/workspaces",
                        owner,
                        Map.of("name", "dev", "template_id", template.get("id").asString()))
                .body());
        ids.put("workspace", workspace.get("id").asString());
        ids.put("workspacename", "dev");
        ids.put("workspacebuild", workspace.get("latest_build").get("id").asString());
        ids.put("buildnumber", "1");
        agent();
    }

    /** As if the build had ended well. */
    private void agent() {
        UUID resource = UUID.randomUUID();
        UUID agent = UUID.randomUUID();
        String job = "(SELECT job_id FROM workspace_builds WHERE id = '" + ids.get("workspacebuild") + "')";
        server.database()
                .execute("INSERT INTO workspace_resources (id, job_id, transition, type, name, position, created_at)"
                        + " VALUES ('" + resource + "', " + job + ", 'start', 'sandbox', 'dev', 0, now())");
        server.database()
                .execute("INSERT INTO workspace_agents (id, resource_id, workspace_id, build_id, name, hashed_token,"
                        + " ssh_host_key, operating_system, architecture, created_at, updated_at) VALUES ('" + agent
                        + "', '" + resource + "', '" + ids.get("workspace") + "', '" + ids.get("workspacebuild")
                        + "', 'main', sha256('" + agentToken + "'), 'ecdsa-sha2-nistp256 AAAA', 'linux', 'amd64',"
                        + " now(), now())");
        ids.put("workspaceagent", agent.toString());
    }

    /** The id of the one thing that a named segment of a path can mean. */
    String id(String name) {
        return ids.getOrDefault(name, UUID.randomUUID().toString());
    }

    /** A path of a route with the ids of things that exist, as far as there are any. */
    String path(String route) {
        return PARAMETER.matcher(route).replaceAll(found -> id(found.group(1)));
    }

    /** The same with one text in place of each id. */
    static String path(String route, String value) {
        return PARAMETER.matcher(route).replaceAll(found -> java.util.regex.Matcher.quoteReplacement(value));
    }

    static JsonNode json(String text) {
        return ApiJson.mapper().readTree(text);
    }

    @Override
    public void close() {
        server.close();
    }
}
