package dev.cloister.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Alice has a workspace. Nobody else sees, reaches or guesses it, and it reaches nothing that it was not given. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StrangerTest {
    private static final String PASSWORD = "ladder cloud nine piano";
    private static final String APP = "8080--dev--alice.apps.localhost";
    /** "Within a second", and what a busy machine adds. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private static final Duration SOON = Duration.ofMinutes(1);

    private CloisterServer server;
    private Api admin;
    private Api alice;
    private Api bob;
    private Api anonymous;
    private Desk alicesDesk;
    private Desk bobsDesk;
    private String workspace;
    private String build;
    private String agent;

    @BeforeAll
    void aliceHasAWorkspace() throws IOException {
        server = CloisterServer.start(
                "--access-url", "http://cloister.localhost:PORT", "--wildcard-access-url", "*.apps.localhost");
        admin = Api.asFirstUser(server.url, "ada", PASSWORD);
        alice = member("alice");
        bob = member("bob");
        anonymous = Api.anonymous(server.url);
        alicesDesk = new Desk(server.directory.resolve("alice"));
        bobsDesk = new Desk(server.directory.resolve("bob"));
        alicesDesk.logIn(server, alice.newKey());
        bobsDesk.logIn(server, bob.newKey());
        alicesDesk.cloister("create", "dev", "--template", "sandbox", "--yes").succeeded();
        JsonNode found = alice.read("/api/v2/users/me/workspace/dev");
        workspace = found.get("id").asString();
        build = found.get("latest_build").get("id").asString();
        agent = found.get("latest_build")
                .get("resources")
                .get(0)
                .get("agents")
                .get(0)
                .get("id")
                .asString();
        startApp();
    }

    private Api member(String name) {
        String organization =
                admin.read("/api/v2/organizations").get(0).get("id").asString();
        admin.send(
                        "POST",
                        "/api/v2/users",
                        Map.of(
                                "email",
                                name + "@example.com",
                                "username",
                                name,
                                "password",
                                PASSWORD,
                                "login_type",
                                "password",
                                "organization_ids",
                                List.of(organization)))
                .ok();
        return Api.signedIn(server.url, name, PASSWORD);
    }

    private void startApp() throws IOException {
        alicesDesk.cloister("config-ssh", "--yes").succeeded();
        Path app = alicesDesk.home.resolve("app.pl");
        try (var source = StrangerTest.class.getResourceAsStream("app.pl")) {
            Files.write(app, source.readAllBytes());
        }
        alicesDesk.ssh("scp", app.toString(), "dev.cloister:app.pl").succeeded();
        alicesDesk
                .ssh("ssh", "dev.cloister", "setsid perl app.pl 8080 </dev/null >app.log 2>&1 &")
                .succeeded();
    }

    @AfterAll
    void nothingStays() throws IOException {
        try {
            if (workspace != null) {
                alicesDesk.cloister("delete", "dev", "--yes");
            }
        } finally {
            server.close();
        }
    }

    private Ran inside(String command) throws IOException {
        return alicesDesk.ssh("ssh", "dev.cloister", command);
    }

    @Test
    @Order(1)
    void lookingForItAnswersAsForOneThatDoesNotExist() {
        String nothing = UUID.randomUUID().toString();
        for (String path : List.of(
                "/api/v2/workspaces/ID",
                "/api/v2/workspaces/ID/watch",
                "/api/v2/workspaces/ID/builds",
                "/api/v2/workspacebuilds/BUILD",
                "/api/v2/workspacebuilds/BUILD/logs",
                "/api/v2/workspacebuilds/BUILD/resources",
                "/api/v2/workspacebuilds/BUILD/parameters",
                "/api/v2/workspaceagents/AGENT",
                "/api/v2/workspaceagents/AGENT/logs",
                "/api/v2/workspaceagents/AGENT/watch-metadata",
                "/api/v2/workspaceagents/AGENT/ssh-host-key",
                "/api/v2/workspaceagents/AGENT/connection")) {
            String real = path.replace("ID", workspace).replace("BUILD", build).replace("AGENT", agent);
            String missing =
                    path.replace("ID", nothing).replace("BUILD", nothing).replace("AGENT", nothing);
            assertThat(bob.get(real)).as("bob " + path).isEqualTo(bob.get(missing));
            assertThat(bob.get(real).status()).as("bob " + path).isEqualTo(404);
            assertThat(anonymous.get(real).status()).as("anonymous " + path).isEqualTo(401);
        }
        assertThat(bob.get("/api/v2/users/alice/workspace/dev"))
                .isEqualTo(bob.get("/api/v2/users/alice/workspace/none"));
        assertThat(bob.read("/api/v2/workspaces").get("count").asInt()).isZero();
        assertThat(bob.get("/api/v2/workspaces?q=owner:alice").body()).doesNotContain(workspace);
        assertThat(bob.get("/api/v2/audit?limit=100").body()).doesNotContain(workspace);
        assertThat(alice.read("/api/v2/workspaces").get("count").asInt()).isEqualTo(1);
    }

    @Test
    @Order(2)
    void changingItAnswersAsForOneThatDoesNotExist() {
        String nothing = UUID.randomUUID().toString();
        var stop = Map.of("transition", "stop");
        for (String id : List.of(workspace, nothing)) {
            assertThat(bob.send("POST", "/api/v2/workspaces/" + id + "/builds", stop)
                            .status())
                    .isEqualTo(404);
            assertThat(bob.send("PATCH", "/api/v2/workspaces/" + id, Map.of("name", "mine"))
                            .status())
                    .isEqualTo(404);
            assertThat(anonymous
                            .send("POST", "/api/v2/workspaces/" + id + "/builds", stop)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(bob.send("POST", "/api/v2/workspaces/" + workspace + "/builds", stop))
                .isEqualTo(bob.send("POST", "/api/v2/workspaces/" + nothing + "/builds", stop));
        assertThat(bob.send("PATCH", "/api/v2/workspacebuilds/" + build + "/cancel", Map.of()))
                .isEqualTo(bob.send("PATCH", "/api/v2/workspacebuilds/" + nothing + "/cancel", Map.of()));
    }

    @Test
    @Order(3)
    void noStreamIntoItOpens() {
        String nothing = UUID.randomUUID().toString();
        for (String path : List.of(
                "/api/v2/workspaceagents/AGENT/stream?channel=ssh",
                "/api/v2/workspaceagents/AGENT/stream?channel=port&port=8080",
                "/api/v2/workspaceagents/AGENT/pty?reconnect=" + nothing,
                "/api/v2/workspaceagents/AGENT/logs?follow",
                "/api/v2/workspaceagents/AGENT/watch-metadata-ws",
                "/api/v2/workspacebuilds/BUILD/logs?follow",
                "/api/v2/workspaces/ID/watch-ws")) {
            String real = path.replace("ID", workspace).replace("BUILD", build).replace("AGENT", agent);
            String missing =
                    path.replace("ID", nothing).replace("BUILD", nothing).replace("AGENT", nothing);
            assertThat(bob.knock(real, Map.of())).as("bob " + path).isEqualTo(bob.knock(missing, Map.of()));
            assertThat(bob.knock(real, Map.of()).status()).as("bob " + path).isEqualTo(404);
            assertThat(anonymous.knock(real, Map.of()).status())
                    .as("anonymous " + path)
                    .isEqualTo(401);
            assertThat(alice.knock(real, Map.of()).status()).as("alice " + path).isEqualTo(101);
            assertThat(alice.knock(real, Map.of("Origin", "http://evil.example"))
                            .status())
                    .as("a page of another origin, " + path)
                    .isEqualTo(403);
        }
    }

    @Test
    @Order(4)
    void theCommandLineOfAnotherTellsNothing() throws IOException {
        for (String[] command : new String[][] {
            {"ssh", "alice/dev", "true"},
            {"port-forward", "alice/dev", "--tcp", CloisterServer.freePort() + ":8080"},
            {"stop", "alice/dev"},
            {"delete", "alice/dev", "--yes"},
            {"show", "alice/dev"},
            {"logs", "alice/dev"}
        }) {
            Ran real = bobsDesk.cloister(command);
            String[] other = command.clone();
            other[1] = "alice/nix";
            Ran missing = bobsDesk.cloister(other);
            assertThat(real.exit()).as(real.toString()).isNotZero().isEqualTo(missing.exit());
            assertThat(real.err().replace("alice/dev", ""))
                    .isEqualTo(missing.err().replace("alice/nix", ""));
        }
        assertThat(bobsDesk.cloister("list", "--all").succeeded().toString()).doesNotContain("alice/dev");
    }

    @Test
    @Order(5)
    void anAppIsOpenToItsOwnerOnlyAndNeverSeesACredentialOfThePlatform() throws IOException {
        try (var chromium = new Chromium()) {
            Page page = chromium.newPage();
            page.navigate("http://" + APP + ":" + server.port + "/");
            page.getByLabel("E-mail").fill("alice@example.com");
            page.getByLabel("Password").first().fill(PASSWORD);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                    .or(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in")))
                    .click();
            page.getByText("hello from the workspace").waitFor();
            assertThat(page.url()).isEqualTo("http://" + APP + ":" + server.port + "/");
            String head = (String) page.evaluate("async () => (await fetch('/headers')).text()");
            assertThat(head).contains("own=1").doesNotContain("session_token").doesNotContain("cloister_app");
            assertThat((String) page.evaluate("() => document.cookie")).isEqualTo("own=1");
            assertThat((String) page.evaluate("""
                    () => new Promise((done, fail) => {
                      const socket = new WebSocket(`ws://${location.host}/ws`);
                      socket.onopen = () => socket.send('over the wildcard');
                      socket.onmessage = (event) => { done(event.data); socket.close(); };
                      socket.onerror = () => fail(new Error('the WebSocket failed'));
                    })""")).isEqualTo("echo over the wildcard");
            Number spread = (Number) page.evaluate("""
                    async () => {
                      const reader = (await fetch('/stream')).body.getReader();
                      await reader.read();
                      const first = performance.now();
                      while (!(await reader.read()).done);
                      return performance.now() - first;
                    }""");
            assertThat(spread.doubleValue())
                    .as("ms between the first and the last part")
                    .isGreaterThan(800);
        }
        String token = alice.newKey();
        assertThat(RawHttp.get(server.port, APP, "/headers", Map.of(Api.TOKEN, token)))
                .contains("200")
                .doesNotContain(token);
        String refused = RawHttp.get(server.port, APP, "/", Map.of(Api.TOKEN, bob.token()));
        assertThat(RawHttp.status(refused)).isEqualTo(404);
        String missing = RawHttp.get(server.port, APP.replace("dev", "nix"), "/", Map.of(Api.TOKEN, bob.token()));
        assertThat(body(refused)).isEqualTo(body(missing));
        assertThat(RawHttp.get(server.port, APP, "/", Map.of())).doesNotContain("hello from the workspace");
        assertThat(RawHttp.get(server.port, APP, "/api/v2/users/me", Map.of(Api.TOKEN, token)))
                .as("the platform is not served on an app's host")
                .doesNotContain("alice@example.com");
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n"));
    }

    @Test
    @Order(6)
    void fromInsideNothingOfTheHostIsSeenOrReached() throws IOException {
        assertThat(inside("id -u").succeeded().text()).isNotEqualTo("0");
        assertThat(inside("cat " + server.data + "/*; ls /root; cat /etc/shadow")
                        .exit())
                .isNotZero();
        assertThat(inside("ps ax -o args 2>/dev/null || cat /proc/[0-9]*/cmdline | tr '\\0' ' '")
                        .out())
                .doesNotContain("ServerMain")
                .doesNotContain("postgres");
        String credentials =
                inside("env; cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n'").out();
        assertThat(credentials.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("agent_token")
                .doesNotContain(alice.token());
        assertThat(inside("sudo -n true || su -c true </dev/null || unshare -r mount -t tmpfs x /mnt")
                        .exit())
                .isNotZero();
        for (String target : List.of("127.0.0.1/" + server.port, "169.254.169.254/80", "10.0.0.1/80")) {
            Ran ran = inside("timeout 5 bash -c 'echo > /dev/tcp/" + target + "'");
            assertThat(ran.exit()).as(ran.toString()).isNotZero();
        }
    }

    @Test
    @Order(7)
    void whatIsNotOnTheEgressListIsRefusedAndRecorded() throws IOException {
        Ran ran = inside("curl -sS -m 10 -o /dev/null -w '%{http_code} %{http_connect}' https://forbidden.example/");
        assertThat(ran.exit()).as(ran.toString()).isNotZero();
        Eventually.within(
                SOON,
                "the refusal on the audit log",
                () -> admin.get("/api/v2/audit?limit=100").body().contains("forbidden.example"));
    }

    @Test
    @Order(8)
    void aProgramThatEatsAllMemoryIsEndedAndTheWorkspaceLives() throws IOException {
        Ran ran = inside("perl -e 'my @x; push @x, \"x\" x (64 << 20) while 1'");
        assertThat(ran.exit()).as(ran.toString()).isNotZero();
        Eventually.within(
                SOON, "the workspace", () -> inside("echo alive").text().equals("alive"));
    }

    @Test
    @Order(9)
    void suspendingAPersonEndsTheirOpenConnections() throws IOException {
        try (var shell = alicesDesk.startSsh("ssh", "dev.cloister", "echo open; sleep 600")) {
            shell.awaitText("the shell", SOON, said -> said.contains("open"));
            admin.send("PUT", "/api/v2/users/alice/status/suspend", null).ok();
            Eventually.within(AT_ONCE, "the end of the connection", () -> !shell.isAlive());
        } finally {
            admin.send("PUT", "/api/v2/users/alice/status/activate", null).ok();
        }
        alice = Api.signedIn(server.url, "alice", PASSWORD);
        alicesDesk.logIn(server, alice.newKey());
        assertThat(inside("echo again").succeeded().text()).isEqualTo("again");
    }

    @Test
    @Order(10)
    void stoppingTheWorkspaceEndsItsOpenConnections() throws IOException {
        try (var shell = alicesDesk.startSsh("ssh", "dev.cloister", "echo open; sleep 600")) {
            shell.awaitText("the shell", SOON, said -> said.contains("open"));
            alicesDesk.cloister("stop", "dev").succeeded();
            Eventually.within(AT_ONCE, "the end of the connection", () -> !shell.isAlive());
        }
        String answer = RawHttp.get(server.port, APP, "/", Map.of(Api.TOKEN, alice.token()));
        assertThat(answer).doesNotContain("hello from the workspace");
        assertThat(RawHttp.status(answer)).isGreaterThanOrEqualTo(400);
    }

    @Test
    @Order(11)
    void aTemplateThatIsNonsenseIsRefusedByLineAndField() throws IOException {
        Path directory = Files.createDirectories(server.directory.resolve("nonsense"));
        Files.writeString(directory.resolve("workspace.yaml"), "version: 1\nresources:\n  memory: lots\n  cpus: 3\n");
        var desk = new Desk(server.directory.resolve("ada"));
        desk.logIn(server, admin.newKey());
        Ran ran = desk.cloister("templates", "push", "nonsense", "--directory", directory.toString());
        assertThat(ran.exit()).as(ran.toString()).isEqualTo(1);
        assertThat(ran.err())
                .contains("workspace.yaml:3")
                .contains("memory")
                .contains("workspace.yaml:4")
                .contains("cpus");
        assertThat(names(admin.read("/api/v2/templates"))).doesNotContain("nonsense");
    }

    private static List<String> names(JsonNode list) {
        var names = new ArrayList<String>();
        list.forEach(each -> names.add(each.get("name").asString()));
        return names;
    }
}
