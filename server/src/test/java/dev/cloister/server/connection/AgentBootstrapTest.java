package dev.cloister.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.agent.Bootstrap;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.server.connection.agent.AgentImageRoutes;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentBootstrapTest {
    private static final String KEY = "ecdsa-sha2-nistp256 " + "A".repeat(139) + "=";
    private static final String PATH = "/api/v2/workspaceagents/me/bootstrap";

    @TempDir
    static Path directory;

    private static Arranged arranged;

    @BeforeAll
    static void arrange() throws Exception {
        Path image = Files.createDirectories(directory.resolve("agent-0123"));
        Files.createDirectories(image.resolve("bin"));
        Files.writeString(image.resolve("bin/cloister-agent"), "#!/bin/sh\n");
        assertThat(image.resolve("bin/cloister-agent").toFile().setExecutable(true))
                .isTrue();
        Files.writeString(image.resolve("release"), "x");
        Files.createSymbolicLink(directory.resolve("agent"), image);
        arranged = new Arranged(
                api -> new AgentImageRoutes(directory.resolve("agent"), directory.resolve("packages"), "amd64")
                        .register(api.routes));
        arranged.api.person("alice");
    }

    @AfterAll
    static void stop() {
        arranged.close();
    }

    private static HttpResponse<byte[]> post(Arranged.Dev dev, String key) throws Exception {
        var request = HttpRequest.newBuilder(arranged.api.url().resolve(PATH))
                .header("Coder-Session-Token", dev.token().reveal())
                .POST(HttpRequest.BodyPublishers.ofString("{\"ssh_host_key\":\"" + key + "\"}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void anAgentWithNothingButATokenTellsItsHostKeyAndLearnsWhoItIs() throws Exception {
        var dev = arranged.workspace("alice", "by-token");
        arranged.sql(
                "UPDATE workspace_agents SET tells_host_key = TRUE, ssh_host_key = '' WHERE id = '%s'", dev.agent());

        var answer = post(dev, KEY);

        assertThat(answer.statusCode()).isEqualTo(200);
        var bootstrap = Bootstrap.parseFrom(answer.body());
        assertThat(UuidBytes.read(bootstrap.getAgentId())).isEqualTo(dev.agent());
        assertThat(bootstrap.getTicketKeysCount()).isOne();
        assertThat(bootstrap.getToken()).isEmpty();
        assertThat(arranged.api.database.look(
                        "SELECT ssh_host_key FROM workspace_agents WHERE id = '" + dev.agent() + "'"))
                .isEqualTo(KEY);
    }

    @Test
    void anAgentWhoseHostKeyCameFromItsBuildCannotChangeIt() throws Exception {
        assertThat(post(arranged.workspace("alice", "given"), KEY).statusCode()).isEqualTo(403);
    }

    @Test
    void whatIsNoHostKeyIsRefused() throws Exception {
        var dev = arranged.workspace("alice", "wrong");
        for (String key : new String[] {"", "ssh-rsa AAAA", KEY + " comment", "ecdsa-sha2-nistp256 AAAA"}) {
            assertThat(post(dev, key).statusCode()).isEqualTo(400);
        }
        assertThat(arranged.api
                        .send("POST", PATH, arranged.api.owner(), Map.of("ssh_host_key", KEY))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void theAgentsProgramIsForEverybodyAndNothingElseIs() throws Exception {
        var request = HttpRequest.newBuilder(arranged.api.url().resolve("/bin/cloister-agent-linux-amd64.tar.gz"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            for (int attempt = 0; attempt < 2; attempt++) {
                var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
                assertThat(answer.statusCode()).isEqualTo(200);
                try (var tar = new TarArchiveInputStream(new GZIPInputStream(answer.body()))) {
                    var program = tar.getNextEntry();
                    assertThat(program.getName()).isEqualTo("bin/cloister-agent");
                    assertThat(program.getMode() & 0777).isEqualTo(0755);
                }
            }
        }
        assertThat(arranged.api.get("/bin/release", "").statusCode()).isEqualTo(404);
        assertThat(arranged.api.get("/bin/..%2frelease", "").statusCode()).isIn(400, 404);
    }
}
