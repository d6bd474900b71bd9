package dev.cloister.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The starter template in Terraform, by the packaged product and the real program: from its push to its removal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TerraformStoryTest {
    private static final String PASSWORD = "ladder cloud nine piano";

    private CloisterServer server;
    private Desk desk;
    private Api api;

    @BeforeAll
    void begin() throws IOException {
        boolean here = Arrays.stream(System.getenv("PATH").split(":"))
                .flatMap(path -> Stream.of(Path.of(path, "terraform"), Path.of(path, "tofu")))
                .anyMatch(Files::isExecutable);
        assumeThat(here)
                .as("TerraformStoryTest is skipped: neither terraform nor tofu is on the PATH")
                .isTrue();
        assumeThat(System.getProperty("user.name"))
                .as("TerraformStoryTest is skipped: it needs root, to give workspaces accounts of their own")
                .isEqualTo("root");
        server = CloisterServer.start();
        api = Api.asFirstUser(server.url, "ada", PASSWORD);
        desk = new Desk(server.directory.resolve("ada"));
        desk.logIn(server, api.newKey());
    }

    @AfterAll
    void end() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    void aTemplateOfTfFilesBecomesAWorkspaceThatOneCanEnter() throws IOException {
        desk.cloister(
                        "templates",
                        "push",
                        "tf",
                        "--directory",
                        CloisterServer.ROOT
                                .resolve("templates/terraform-process")
                                .toString())
                .succeeded();
        desk.cloister("create", "dev", "--template", "tf", "--yes").succeeded();
        assertThat(desk.cloister("ssh", "dev", "--", "echo kept > note; echo $EDITOR")
                        .succeeded()
                        .text())
                .isEqualTo("vi");
    }

    @Test
    @Order(2)
    void whatIsKeptOutlivesAStopAndWhatRunsDoesNot() throws IOException {
        desk.cloister("stop", "dev").succeeded();
        noAgentIsLeft();
        desk.cloister("start", "dev").succeeded();
        assertThat(desk.cloister("ssh", "dev", "--", "cat note").succeeded().text())
                .isEqualTo("kept");
    }

    @Test
    @Order(3)
    void aDeletedWorkspaceLeavesNothing() throws IOException {
        String id = api.read("/api/v2/users/me/workspace/dev").get("id").asString();
        desk.cloister("delete", "dev", "--yes").succeeded();
        assertThat(Path.of("/var/tmp/cloister-" + id)).doesNotExist();
        noAgentIsLeft();
        try (var runs = Files.list(server.data.resolve("terraform/runs"))) {
            assertThat(runs).isEmpty();
        }
    }

    /** A process that was told to end may take a moment for it. */
    private void noAgentIsLeft() throws IOException {
        for (long process : server.processes("AgentMain")) {
            ProcessHandle.of(process).ifPresent(left -> left.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        }
        assertThat(server.processes("AgentMain")).isEmpty();
    }
}
