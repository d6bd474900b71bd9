package dev.cloister.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.platform.config.ServerSettings;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Route;
import dev.cloister.server.testing.TestDatabase;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Calls every route of the server as everybody who must not: nobody, a suspended person, a narrow token, an agent's
 * unknown token, an outsider, members and administrators of other things. The answers are one committed text; a route
 * without an answer in it, or with another one, fails the build. After an intended change: {@code make route-sweep}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RouteSweepTest {
    private static final Path GOLDEN = Path.of("src/test/resources/route-sweep.txt");
    private static final Path FAIL_CLOSED = Path.of("src/test/resources/fail-closed.txt");
    private static final String PASSWORD = "correct-horse-battery";
    private static final List<String> ORGANIZATION_ROLES = List.of(
            "organization-auditor",
            "organization-template-admin",
            "organization-user-admin",
            "organization-workspace-access",
            "agents-access",
            "organization-workspace-creation-ban",
            "organization-admin");

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    @TempDir
    static Path directory;

    private static Server server;
    private static TestDatabase database;
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Map<String, String> CALLERS = new LinkedHashMap<>();
    private static final Map<String, String> IDS = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create();
        var dashboard = Files.createDirectories(directory.resolve("dashboard"));
        Files.writeString(dashboard.resolve("index.html"), "<html></html>");
        var settings = ServerSettings.load(
                List.of(
                        "--data-dir", directory.resolve("data").toString(),
                        "--http-address", "127.0.0.1:0",
                        "--api-rate-limit", "0",
                        "--login-rate-limit", "0",
                        "--provisioner-daemons", "0",
                        "--postgres-url",
                                database.url()
                                        .replaceFirst(
                                                "jdbc:postgresql://([^?]*).*",
                                                "postgres://" + database.username() + "@$1")),
                Map.of("CLOISTER_POSTGRES_PASSWORD", database.password().reveal()));
        server = Server.start(
                settings, new Installation(dashboard, Files.createDirectories(directory.resolve("agent"))), line -> {});
        people();
        things();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        database.close();
        CLIENT.close();
    }

    private static void people() {
        String organization = json(send("POST", "/api/v2/users/first", "", user("admin")))
                .get("organization_id")
                .asString();
        String owner = login("admin");
        CALLERS.put("anonymous", "");
        for (String name : List.of("suspended", "outsider", "member", "auditor", "template-admin", "user-admin")) {
            var body = new LinkedHashMap<String, Object>(user(name));
            body.put("organization_ids", List.of(organization));
            assertThat(send("POST", "/api/v2/users", owner, body).statusCode()).isEqualTo(201);
            CALLERS.put(name, login(name));
            if (List.of("auditor", "template-admin", "user-admin").contains(name)) {
                send("PUT", "/api/v2/users/" + name + "/roles", owner, Map.of("roles", List.of(name)));
            }
        }
        for (String role : ORGANIZATION_ROLES) {
            String name = role.substring(Math.max(0, role.length() - 32)).replaceFirst("^-", "");
            var body = new LinkedHashMap<String, Object>(user(name));
            body.put("organization_ids", List.of(organization));
            assertThat(send("POST", "/api/v2/users", owner, body).statusCode()).isEqualTo(201);
            var given = send(
                    "PUT",
                    "/api/v2/organizations/" + organization + "/members/" + name + "/roles",
                    owner,
                    Map.of("roles", List.of(role)));
            assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
            CALLERS.put(role, login(name));
        }
        CALLERS.put("owner", owner);
        String narrow = json(send(
                        "POST",
                        "/api/v2/users/me/keys/tokens",
                        owner,
                        Map.of("token_name", "narrow", "scopes", List.of("file:create"))))
                .get("key")
                .asString();
        CALLERS.put("narrow-token", narrow);
        CALLERS.put("agent-token", UUID.randomUUID().toString());
        send("PUT", "/api/v2/users/suspended/status/suspend", owner, null);
        String other = UUID.randomUUID().toString();
        database.execute("INSERT INTO organizations (id, name, created_at, updated_at) VALUES ('" + other
                + "', 'other', now(), now())");
        database.execute("UPDATE organization_members SET organization_id = '" + other
                + "' WHERE user_id = (SELECT id FROM users WHERE username = 'outsider')");
        IDS.put("organization", organization);
        IDS.put("group", organization);
        IDS.put("groupName", "Everyone");
        IDS.put(
                "user",
                json(send("GET", "/api/v2/users/me", owner, null)).get("id").asString());
        IDS.put("owner", owner);
    }

    private static void things() {
        String owner = IDS.remove("owner");
        JsonNode template = json(send("GET", "/api/v2/templates", owner, null)).get(0);
        IDS.put("template", template.get("id").asString());
        IDS.put("templatename", template.get("name").asString());
        IDS.put("templateversion", template.get("active_version_id").asString());
        var created = send(
                "POST",
                "/api/v2/users/me/workspaces",
                owner,
                Map.of("name", "dev", "template_id", template.get("id").asString()));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        JsonNode workspace = json(created);
        IDS.put("workspace", workspace.get("id").asString());
        IDS.put("workspacename", "dev");
        IDS.put("workspacebuild", workspace.get("latest_build").get("id").asString());
        IDS.put("buildnumber", "1");
        IDS.put("keyid", "aaaaaaaaaa");
        IDS.put("keyname", "narrow");
        IDS.put("organizationname", "default");
        agent();
    }

    /** As if the build had ended well. */
    private static void agent() {
        UUID resource = UUID.randomUUID();
        UUID agent = UUID.randomUUID();
        String job = "(SELECT job_id FROM workspace_builds WHERE id = '" + IDS.get("workspacebuild") + "')";
        database.execute(
                "INSERT INTO workspace_resources (id, job_id, transition, type, name, position, created_at) VALUES ('"
                        + resource + "', " + job + ", 'start', 'sandbox', 'dev', 0, now())");
        database.execute("INSERT INTO workspace_agents (id, resource_id, workspace_id, build_id, name, hashed_token,"
                + " ssh_host_key, operating_system, architecture, created_at, updated_at) VALUES ('" + agent + "', '"
                + resource + "', '" + IDS.get("workspace") + "', '" + IDS.get("workspacebuild") + "', 'main',"
                + " sha256('x'), 'ecdsa-sha2-nistp256 AAAA', 'linux', 'amd64', now(), now())");
        IDS.put("workspaceagent", agent.toString());
    }

    private static Map<String, Object> user(String name) {
        return Map.of("username", name, "email", name + "@example.com", "password", PASSWORD);
    }

    private static String login(String name) {
        return json(send(
                        "POST",
                        "/api/v2/users/login",
                        "",
                        Map.of("email", name + "@example.com", "password", PASSWORD)))
                .get("session_token")
                .asString();
    }

    /** Last, because it makes things of its own. */
    @Test
    @Order(2)
    void whileNoEventCanBeStoredNoRouteChangesAnything() throws Exception {
        var faults = new ArrayList<String>();
        String text = new FailClosedSweep(RouteSweepTest::send, database, IDS, CALLERS.get("owner"))
                .run(server.routes().all(), faults);
        assertThat(faults).isEmpty();
        if ("1".equals(System.getenv("ROUTE_SWEEP_WRITE"))) {
            Files.writeString(FAIL_CLOSED, text);
        }
        assertThat(text).isEqualTo(Files.readString(FAIL_CLOSED));
    }

    @Test
    @Order(1)
    void everyRouteAnswersEverybodyAsCommitted() throws Exception {
        var text = new StringBuilder("# route: status by caller. What the owner may change is tested elsewhere.\n");
        var faults = new ArrayList<String>();
        for (Route route : server.routes().all()) {
            if (route.path().equals("/api/v2/users/logout")) {
                continue; // it ends the very credential that the sweep goes on with
            }
            text.append(route.method())
                    .append(' ')
                    .append(route.path())
                    .append(route.endpoint() instanceof Route.Upgrade ? " (socket)" : "")
                    .append(':');
            for (var caller : CALLERS.entrySet()) {
                if (caller.getKey().equals("owner") && !route.method().equals("GET")) {
                    continue; // what an owner changes would change the next answers
                }
                int status = call(route, caller.getValue());
                text.append(' ').append(caller.getKey()).append('=').append(status);
                judge(route, caller.getKey(), status, faults);
            }
            text.append('\n');
        }
        assertThat(faults).isEmpty();
        if ("1".equals(System.getenv("ROUTE_SWEEP_WRITE"))) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text.toString()).isEqualTo(Files.readString(GOLDEN));
    }

    /** Whatever the committed text says: these are never right. */
    private static void judge(Route route, String caller, int status, List<String> faults) {
        String what = caller + " gets " + status + " from " + route.method() + " " + route.path();
        if (status >= 500 && status != 501) {
            faults.add(what);
        }
        boolean nobody = List.of("anonymous", "suspended", "agent-token").contains(caller);
        if (nobody && !(route.access() instanceof Access.Open) && status != 401) {
            faults.add(what);
        }
        boolean mutates = !route.method().equals("GET");
        if (caller.equals("outsider")
                && mutates
                && status < 300
                && !(route.access() instanceof Access.Open)
                && !(route.access() instanceof Access.SignedIn)) {
            faults.add(what);
        }
    }

    private static int call(Route route, String token) {
        String path = PARAMETER.matcher(route.path()).replaceAll(found -> {
            String id = IDS.get(found.group(1));
            return id == null ? UUID.randomUUID().toString() : id;
        });
        // The body is not read: that of a stream of events has no end.
        var handler = HttpResponse.BodyHandlers.ofInputStream();
        var response = send(route.method(), path, token, route.method().equals("GET") ? null : Map.of(), handler);
        try (var body = response.body()) {
            return response.statusCode();
        } catch (java.io.IOException e) {
            return response.statusCode();
        }
    }

    private static HttpResponse<String> send(String method, String path, String token, Object body) {
        return send(method, path, token, body, HttpResponse.BodyHandlers.ofString());
    }

    private static <T> HttpResponse<T> send(
            String method, String path, String token, Object body, HttpResponse.BodyHandler<T> handler) {
        var request = HttpRequest.newBuilder(server.url().resolve(path)).timeout(Duration.ofSeconds(20));
        if (!token.isEmpty()) {
            request.header("Coder-Session-Token", token);
        }
        request.method(
                method,
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(ApiJson.mapper().writeValueAsString(body)));
        try {
            return CLIENT.send(request.build(), handler);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        return ApiJson.mapper().readTree(response.body());
    }
}
