package dev.cloister.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every part dies at once while people work: what they see, what comes back by itself, and that nothing is lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {
    private static final String PASSWORD = "ladder cloud nine piano";
    private static final Duration SOON = Duration.ofMinutes(1);

    private CloisterServer server;
    private Desk desk;
    private Api api;

    @BeforeAll
    void adaHasAWorkspace() throws IOException {
        server = CloisterServer.start();
        api = Api.asFirstUser(server.url, "ada", PASSWORD);
        desk = new Desk(server.directory.resolve("ada"));
        desk.logIn(server, api.newKey());
        Path template = Files.createDirectories(desk.home.resolve("slow"));
        Files.writeString(template.resolve("workspace.yaml"), """
                version: 1
                shutdown:
                  - {name: Farewell, timeout: 25s, run: "touch ~/shutting; sleep 4; touch ~/shut"}
                """);
        desk.cloister("templates", "push", "slow", "--directory", template.toString())
                .succeeded();
        desk.cloister("create", "dev", "--template", "slow", "--yes").succeeded();
        desk.cloister("config-ssh", "--yes").succeeded();
    }

    @AfterAll
    void end() throws IOException {
        try {
            desk.cloister("delete", "dev", "--yes");
        } finally {
            server.close();
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenPostgresDies() throws IOException {
        try (var shell = desk.startSsh("ssh", "dev.cloister", "echo open; sleep 5; echo through")) {
            shell.awaitText("the shell", SOON, said -> said.contains("open"));
            var made = new ArrayList<String>();
            make(made, 3);
            kill(Long.parseLong(Files.readAllLines(server.data.resolve("postgres/data/postmaster.pid"))
                    .getFirst()));
            make(made, 3);
            assertThat(tokens()).containsAll(made);
            assertThat(shell.await(SOON).succeeded().text()).isEqualTo("open\nthrough");
        }
        assertThat(server.said()).contains("PostgreSQL ended unexpectedly").contains("accepts connections again");
    }

    /** Names of what the server acknowledged; what it refused for want of the database is asked for again. */
    private void make(List<String> made, int more) {
        for (int i = 0; i < more; i++) {
            String name = "kept-" + made.size();
            Eventually.within(SOON, "a new token", () -> {
                var answer = api.send(
                        "POST",
                        "/api/v2/users/me/keys/tokens",
                        Map.of("token_name", name, "lifetime", 3_600_000_000_000L));
                assertThat(answer.status()).as(answer.body()).isIn(201, 503, 409);
                return answer.status() != 503;
            });
            made.add(name);
        }
    }

    private List<String> tokens() {
        var names = new ArrayList<String>();
        api.read("/api/v2/users/me/keys/tokens")
                .forEach(each -> names.add(each.get("token_name").asString()));
        return names;
    }

    @Test
    void anAgentThatDiesIsBackWithTheHomeAndTheConnectionSaysThatItEnded() throws IOException {
        try (var shell = desk.startSsh("ssh", "dev.cloister", "echo kept > note; echo open; sleep 600")) {
            shell.awaitText("the shell", SOON, said -> said.contains("open"));
            kill(server.processes("dev.cloister.agent.AgentMain").getLast());
            Ran ended = shell.await(SOON);
            assertThat(ended.exit()).as(ended.toString()).isEqualTo(255);
            assertThat(ended.err()).contains("closed by remote host");
        }
        Eventually.within(
                SOON,
                "the agent and the home",
                () -> desk.cloister("ssh", "dev", "--", "cat note").text().equals("kept"));
    }

    @Test
    void aServerThatDiesInTheMiddleOfABuildFinishesItAfterwards() throws IOException {
        desk.ssh("ssh", "dev.cloister", "echo kept > before; rm -f shut").succeeded();
        try (var stop = desk.startCloister("stop", "dev")) {
            stop.awaitText("the shutdown", SOON, said -> said.contains("Asked the agent"));
            server.killAtOnce();
            server.startAgain();
            Ran ran = stop.await(SOON).succeeded();
            assertThat(ran.toString())
                    .contains("The connection broke; trying again")
                    .contains("It begins again (attempt 2 of 3)")
                    .contains("The workspace dev is stopped.");
        }
        assertThat(desk.cloister("list").succeeded().out()).containsPattern("dev +slow +stopped");
        assertThat(server.processes("dev.cloister.agent.AgentMain")).isEmpty();
        // The home is kept, and the shutdown script came to its end.
        desk.cloister("start", "dev").succeeded();
        assertThat(desk.cloister("ssh", "dev", "--", "cat before; ls shut")
                        .succeeded()
                        .text())
                .isEqualTo("kept\nshut");
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }
}
