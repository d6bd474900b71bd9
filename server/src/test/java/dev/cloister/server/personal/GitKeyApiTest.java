package dev.cloister.server.personal;

import static dev.cloister.server.testing.TestApi.json;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.GitPublicKey;
import dev.cloister.contract.agent.GitSignature;
import dev.cloister.contract.agent.SignForGitRequest;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.connection.Arranged;
import dev.cloister.server.connection.FakeAgent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
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

    private static byte[] login(byte[] key, String service) {
        var data = new java.io.ByteArrayOutputStream();
        string(data, new byte[32]);
        data.write(50);
        string(data, "git".getBytes(US_ASCII));
        string(data, service.getBytes(US_ASCII));
        string(data, "publickey".getBytes(US_ASCII));
        data.write(1);
        string(data, "ssh-ed25519".getBytes(US_ASCII));
        string(data, key);
        return data.toByteArray();
    }

    private static void string(java.io.ByteArrayOutputStream to, byte[] value) {
        to.writeBytes(ByteBuffer.allocate(4).putInt(value.length).array());
        to.writeBytes(value);
    }

    private static byte[] sign(FakeAgent agent, byte[] data) throws IOException {
        var request = SignForGitRequest.newBuilder().setData(ByteString.copyFrom(data));
        return GitSignature.parseFrom(
                        agent.calls.call(AgentRpc.SIGN_FOR_GIT, request.build().toByteArray()))
                .getBlob()
                .toByteArray();
    }

    @Test
    void theServerSignsLoginsForTheOwnersAgentAndNothingElse() throws Exception {
        String jan = arranged.api.person("jan");
        var dev = arranged.workspace("jan", "git");
        try (var agent = FakeAgent.connect(arranged, dev)) {
            byte[] key = GitPublicKey.parseFrom(agent.calls.call(AgentRpc.GET_GIT_KEY, new byte[0]))
                    .getBlob()
                    .toByteArray();
            byte[] login = login(key, "ssh-connection");

            byte[] signature = sign(agent, login);

            assertThat(GitKeyPair.blob(publicKey(jan))).isEqualTo(key);
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki(key))));
            verifier.update(login);
            assertThat(verifier.verify(Arrays.copyOfRange(signature, signature.length - 64, signature.length)))
                    .isTrue();
            assertThat(arranged.api
                            .get("/api/v2/audit?q=resource_type:git_ssh_key%20action:open", arranged.api.owner())
                            .body())
                    .contains(
                            "\"purpose\":\"login\"",
                            "\"ssh_user\":\"git\"",
                            dev.workspace().toString());
            byte[] foreign = key.clone();
            foreign[foreign.length - 1] ^= 1;
            for (byte[] other : List.of(
                    new byte[0],
                    "anything at all".getBytes(US_ASCII),
                    login(key, "ssh-userauth"),
                    login(foreign, "ssh-connection"),
                    Arrays.copyOf(login, login.length + 1),
                    Arrays.copyOf(login, login.length - 1),
                    "SSHSIG\0\0\0\4file".getBytes(US_ASCII))) {
                assertThatThrownBy(() -> sign(agent, other)).hasMessageContaining("nothing else");
            }
            arranged.api.send("PUT", "/api/v2/users/jan/status/suspend", arranged.api.owner(), null);
            assertThatThrownBy(() -> sign(agent, login)).isInstanceOf(IOException.class);
        }
    }

    /** The key as the JDK reads it. */
    private static byte[] spki(byte[] key) {
        var encoded = new byte[44];
        byte[] head = HexFormat.of().parseHex("302a300506032b6570032100");
        System.arraycopy(head, 0, encoded, 0, head.length);
        System.arraycopy(key, key.length - 32, encoded, head.length, 32);
        return encoded;
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
