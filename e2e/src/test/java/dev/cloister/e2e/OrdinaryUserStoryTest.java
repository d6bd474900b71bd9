package dev.cloister.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The short story on a server that is not root: the product as it is shipped, without its sources and in a place that
 * anybody may read, started by somebody who may write to nothing but the data directory.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OrdinaryUserStoryTest {
    private static final String PASSWORD = "ladder cloud nine piano";
    private static final Duration BUILD = Duration.ofMinutes(10);

    private Path product;
    private CloisterServer server;
    private Desk desk;
    private Api api;

    @BeforeAll
    void begin() throws IOException {
        product = CloisterServer.publicDirectory();
        ship();
        server = CloisterServer.startAsOrdinaryUser(product.resolve("cloister"));
        api = Api.asFirstUser(server.url, "ada", PASSWORD);
        desk = new Desk(server.directory.resolve("ada"));
        desk.logIn(server, api.newKey());
    }

    @AfterAll
    void end() throws IOException {
        try {
            if (server != null) {
                server.close();
            }
        } finally {
            CloisterServer.delete(product);
        }
    }

    /** Builds what is missing, and copies what the launcher needs. */
    private void ship() throws IOException {
        Path root = CloisterServer.ROOT;
        Running.start(new ProcessBuilder(CloisterServer.LAUNCHER.toString(), "version"), "")
                .await(BUILD)
                .succeeded();
        Files.createDirectories(product.resolve("build/dist"));
        for (var part : List.of("cloister", "scripts", "build/agent", "build/dist/dashboard", "build/dist/server")) {
            copy(root.resolve(part), product.resolve(part));
        }
        copy(root.resolve("build/dist/cli"), product.resolve("build/dist/cli"));
        for (var role : List.of("server", "cli")) {
            Path directory = product.resolve("build/dist").resolve(role);
            try (var jars = Files.list(directory.resolve("lib"))) {
                Files.writeString(
                        directory.resolve("classpath"),
                        jars.map(Path::toString).sorted().collect(Collectors.joining(":")));
            }
        }
        run("chmod", "-R", "a+rX", product.toString());
    }

    private static void copy(Path from, Path to) throws IOException {
        run("cp", "-r", "-L", from.toString(), to.toString());
    }

    private static void run(String... command) throws IOException {
        Running.start(new ProcessBuilder(command), "").await(BUILD).succeeded();
    }

    @Test
    @Order(1)
    void theServerSaysWhatItCannotEnforce() {
        assertThat(server.said())
                .contains("Not enforced on this machine: All workspaces run as the same host user")
                .doesNotContain("!! ");
    }

    @Test
    @Order(2)
    void aWorkspaceIsCreatedEnteredAndKeepsItsHome() throws IOException {
        assertThat(desk.cloister("create", "dev", "--yes").succeeded().out()).contains("is running");
        assertThat(desk.cloister(
                                "ssh",
                                "dev",
                                "--",
                                "id -un; echo kept > note; ls -d /root/* /home/*; ls " + server.data)
                        .text())
                .isEqualTo("dev\n/home/dev");
        desk.cloister("stop", "dev").succeeded();
        assertThat(server.processes("AgentMain")).isEmpty();
        desk.cloister("start", "dev").succeeded();
        assertThat(desk.cloister("ssh", "dev", "--", "cat note").succeeded().text())
                .isEqualTo("kept");
    }

    @Test
    @Order(3)
    void filesOfTheServerBelongToItsUser() throws IOException {
        try (var files = Files.walk(server.data)) {
            assertThat(files.filter(file -> !isOwned(file))).isEmpty();
        }
    }

    private static boolean isOwned(Path file) {
        try {
            return Files.getAttribute(file, "unix:uid", java.nio.file.LinkOption.NOFOLLOW_LINKS)
                    .equals(CloisterServer.ORDINARY_USER);
        } catch (IOException gone) {
            return true;
        }
    }

    @Test
    @Order(4)
    void aDeletedWorkspaceLeavesNothing() throws IOException {
        String id = api.read("/api/v2/users/me/workspace/dev").get("id").asString();
        desk.cloister("delete", "dev", "--yes").succeeded();
        assertThat(server.filesOf(id)).isEmpty();
        assertThat(server.processes("AgentMain")).isEmpty();
        // An orderly end on SIGTERM, as a JVM tells it.
        assertThat(server.stop().exit()).isEqualTo(143);
    }
}
