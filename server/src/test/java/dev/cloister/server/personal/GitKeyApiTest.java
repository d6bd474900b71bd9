package dev.cloister.server.personal;

import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.connection.Arranged;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class GitKeyApiTest {
    private static final String MINE = "/api/v2/users/me/gitsshkey";
    private static final String AGENTS = "/api/v2/workspaceagents/me/gitsshkey";
    private static Arranged arranged;

    @BeforeAll
    static void start() {
        arranged = new Arranged();
    }

    @AfterAll
    static void stop() {
        arranged.close();
    }

    private static String publicKey(String token) {
        var answer = arranged.api.get(MINE, token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer).get("public_key").asString();
    }

    @Test
    void everybodyHasAKeyOfTheirOwnThatStaysUntilItIsMadeAnew() {
        String alice = arranged.api.person("alice");
        String bob = arranged.api.person("bob");

        String first = publicKey(alice);
        assertThat(first).startsWith("ssh-ed25519 AAAA").endsWith("\n").isEqualTo(publicKey(alice));
        assertThat(publicKey(bob)).isNotEqualTo(first);

        var renewed = arranged.api.send("PUT", MINE, alice, null);
        assertThat(renewed.statusCode()).isEqualTo(200);
        assertThat(renewed.body()).doesNotContain("PRIVATE");
        assertThat(publicKey(alice))
                .isEqualTo(json(renewed).get("public_key").asString())
                .isNotEqualTo(first);
        String log = json(arranged.api.get("/api/v2/audit?q=resource_type:git_ssh_key", arranged.api.owner()))
                .toString();
        assertThat(log).contains("ssh-ed25519").contains("private_key").doesNotContain("PRIVATE");
    }

    @Test
    void onlyTheAgentOfTheOwnersWorkspaceGetsThePrivateHalfWhichOpenSshReads(@TempDir Path directory) throws Exception {
        String carol = arranged.api.person("carol");
        var dev = arranged.workspace("carol", "git");

        var given = arranged.api.get(AGENTS, dev.token().reveal());
        JsonNode key = json(given);

        assertThat(given.statusCode()).isEqualTo(200);
        assertThat(key.get("public_key").asString()).isEqualTo(publicKey(carol));
        assertThat(arranged.api.get(AGENTS, carol).statusCode()).isEqualTo(401);
        Path file = Files.writeString(
                directory.resolve("key"), key.get("private_key").asString());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var keygen = new ProcessBuilder("ssh-keygen", "-y", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        String derived = new String(keygen.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(keygen.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(derived).isEqualTo(publicKey(carol));
        assertThat(arranged.look("SELECT encode(private_key, 'escape') FROM git_ssh_keys LIMIT 1"))
                .doesNotContain("OPENSSH");
        assertThat(json(arranged.api.get(
                                "/api/v2/audit?q=resource_type:git_ssh_key%20action:open", arranged.api.owner()))
                        .get("count")
                        .asInt())
                .isPositive();
    }

    @Test
    void theAgentOfASuspendedOwnerGetsNothing() {
        arranged.api.person("dave");
        var dev = arranged.workspace("dave", "git");
        arranged.api.send("PUT", "/api/v2/users/dave/status/suspend", arranged.api.owner(), null);

        assertThat(arranged.api.get(AGENTS, dev.token().reveal()).statusCode()).isEqualTo(404);
    }

    @Test
    void othersSeeNeitherTheKeyNorWhetherThereIsOne() {
        arranged.api.person("erin");
        String frank = arranged.api.person("frank");
        String auditor = arranged.api.person("gina");
        arranged.api.send("PUT", "/api/v2/users/gina/roles", arranged.api.owner(), Map.of("roles", List.of("auditor")));

        var foreign = arranged.api.get("/api/v2/users/erin/gitsshkey", frank);
        var none = arranged.api.get("/api/v2/users/nobody/gitsshkey", frank);

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(ApiJson.mapper().readTree(foreign.body()))
                .isEqualTo(ApiJson.mapper().readTree(none.body()));
        assertThat(arranged.api
                        .send("PUT", "/api/v2/users/erin/gitsshkey", frank, null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(arranged.api.get("/api/v2/users/erin/gitsshkey", auditor).statusCode())
                .isIn(403, 404);
    }

    @Test
    void aUserAdministratorCannotReplaceAnOwnersKey() {
        String admin = arranged.api.person("hugo");
        arranged.api.send(
                "PUT", "/api/v2/users/hugo/roles", arranged.api.owner(), Map.of("roles", List.of("user-admin")));
        arranged.api.person("ines");

        assertThat(arranged.api
                        .send("PUT", "/api/v2/users/admin/gitsshkey", admin, null)
                        .statusCode())
                .isEqualTo(403);
        assertThat(arranged.api
                        .send("PUT", "/api/v2/users/ines/gitsshkey", admin, null)
                        .statusCode())
                .isEqualTo(200);
    }
}
