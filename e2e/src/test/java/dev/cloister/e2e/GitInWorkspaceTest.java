package dev.cloister.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Git in a workspace acts for the owner, by SSH and on the web, and for nobody else's host. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GitInWorkspaceTest {
    private static final String ASKPASS = "/opt/cloister/agent/tools/git/askpass ";
    private static final String TOOL = "/opt/cloister/agent/tools/cloister ";

    private Path outside;
    private Forge forge;
    private Forge foreign;
    private SshHost host;
    private CloisterServer server;
    private Api api;
    private Desk desk;

    @BeforeAll
    void begin() throws IOException {
        outside = CloisterServer.publicDirectory();
        for (String name : List.of("web", "shell")) {
            SshHost.run("git", "init", "-q", "--bare", "-b", "main", repository(name));
            SshHost.run("git", "-C", repository(name), "config", "http.receivepack", "true");
        }
        host = SshHost.start(outside.resolve("sshd"));
        forge = Forge.start("127.0.0.2", outside);
        foreign = Forge.start("127.0.0.3", outside);
        server = CloisterServer.start(
                "--sandbox-private-networks", "127.0.0.2/32,127.0.0.3/32", "--external-auth-file", providers());
        api = Api.asFirstUser(server.url, "ada", "ladder cloud nine piano");
        desk = new Desk(server.directory.resolve("ada"));
        desk.logIn(server, api.newKey());
        template();
        desk.cloister("create", "dev", "--template", "git", "--yes").succeeded();
        inside("git config --global user.name Ada; git config --global user.email ada@example.com; mkdir -p -m 700"
                        + " .ssh; echo '" + host.knownHost() + "' >.ssh/known_hosts")
                .succeeded();
    }

    private String repository(String name) {
        return outside.resolve(name + ".git").toString();
    }

    private String providers() throws IOException {
        Path file = Files.createFile(
                outside.resolve("providers.yaml"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, """
                        - id: forge
                          type: other
                          client-id: cloister
                          client-secret: s3cret
                          auth-url: %2$s/authorize
                          token-url: %2$s/token
                          device-url: %2$s/device
                          device-flow: true
                          regex: ^http://127\\.0\\.0\\.2:%1$d(/.*)?$
                        """.formatted(forge.port(), forge.provider()))
                .toString();
    }

    private void template() throws IOException {
        Path directory = Files.createDirectories(outside.resolve("template"));
        Files.writeString(directory.resolve("workspace.yaml"), """
                version: 1
                image: host
                resources: {cpu: 2, memory: 1GiB, disk: 1GiB, processes: 512}
                egress:
                  allow: ["127.0.0.2:%d", "127.0.0.3:%d", "127.0.0.2:%d"]
                """.formatted(forge.port(), foreign.port(), host.port));
        desk.cloister("templates", "push", "git", "--directory", directory.toString())
                .succeeded();
    }

    @AfterAll
    void end() throws IOException {
        try {
            if (desk != null) {
                desk.cloister("delete", "dev", "--yes").succeeded();
            }
            for (AutoCloseable each : new AutoCloseable[] {forge, foreign, host, server}) {
                if (each != null) {
                    each.close();
                }
            }
        } catch (Exception e) {
            throw new IOException(e);
        } finally {
            CloisterServer.delete(outside);
        }
    }

    private Ran inside(String script) throws IOException {
        return desk.cloister("ssh", "dev", "--", script);
    }

    private String page() {
        return server.url + "/external-auth/forge";
    }

    private List<JsonNode> opened(String what) {
        var entries = api.read("/api/v2/audit?limit=100&q=action:open%20resource_type:" + what)
                .get("audit_logs");
        return StreamSupport.stream(entries.spliterator(), false)
                .map(entry -> entry.get("additional_fields"))
                .filter(facts -> facts.has("workspace_id"))
                .toList();
    }

    @Test
    @Order(1)
    void withoutALinkedAccountGitIsRefusedWithThePageWhereOneLinksIt() throws IOException {
        var clone = inside("git clone http://" + forge.place() + "/web.git");
        var asked = inside(TOOL + "external-auth access-token forge");
        var unknown = inside(TOOL + "external-auth access-token nowhere");

        assertThat(clone.exit()).isNotZero();
        assertThat(clone.err()).contains(page()).contains("is not linked");
        assertThat(forge.attempts).isEmpty();
        assertThat(asked.exit()).isEqualTo(1);
        assertThat(asked.text()).isEqualTo(page());
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("no provider nowhere");
    }

    @Test
    @Order(2)
    void withOneItClonesAndPushesOnTheWeb() throws IOException {
        api.send("POST", "/api/v2/external-auth/forge/device", Map.of("device_code", "device"))
                .ok();

        inside("git clone -q http://" + forge.place() + "/web.git && cd web && echo one >file && git add file"
                        + " && git commit -qm one && git push -q origin HEAD:main")
                .succeeded();

        assertThat(SshHost.run("git", "-C", repository("web"), "show", "main:file")
                        .text())
                .isEqualTo("one");
        assertThat(forge.attempts).isNotEmpty().allMatch(pair -> pair.startsWith("x-access-token:token-"));
        assertThat(inside(TOOL + "external-auth access-token forge").succeeded().text())
                .startsWith("token-");
        assertThat(opened("user"))
                .anyMatch(facts -> forge.place().equals(facts.path("host").asString()));
    }

    @Test
    @Order(3)
    void aForeignHostGetsNoTokenWhateverItsAddressLooksLike() throws IOException {
        String good = "http://" + forge.place();
        var script = new StringBuilder();
        for (String address : List.of(
                "http://" + foreign.place() + "/web.git",
                good + "@" + foreign.place() + "/web.git",
                "http://127.0.0.2%3A" + forge.port() + "@" + foreign.place() + "/web.git")) {
            script.append("git clone '").append(address).append("' foreign; ");
        }
        for (String prompt : List.of(
                "Password for '" + good + "@" + foreign.place() + "': ",
                "Password for 'http://" + foreign.place() + "\\@" + forge.place() + "': ",
                "Password for '" + good + "\nhost=evil': ",
                "Password for '" + good + "\u001b[2K': ",
                "Password for '" + good + "0': ")) {
            script.append(ASKPASS)
                    .append("'")
                    .append(prompt.replace("'", "'\\''"))
                    .append("'; ");
        }

        var asked = inside(script.toString());

        assertThat(asked.out()).isEmpty();
        assertThat(asked.err())
                .contains("there is no token for " + foreign.place())
                .doesNotContain("\u001b");
        assertThat(foreign.attempts).noneMatch(pair -> pair.contains("token-"));
        assertThat(inside(ASKPASS + "\"Password for '" + good + "/web.git': \"").text())
                .startsWith("token-");
    }

    @Test
    @Order(4)
    void theOwnersKeySignsForGitAndStaysAtTheServer() throws IOException {
        String key = api.read("/api/v2/users/me/gitsshkey").get("public_key").asString();
        host.authorize(key);
        String url = "ssh://" + System.getProperty("user.name") + "@" + SshHost.ADDRESS + ":" + host.port
                + repository("shell");

        var pushed = inside("git clone -q " + url + " && cd shell && echo two >file && git add file"
                + " && git commit -qm two && git push -q origin HEAD:main");

        assertThat(pushed.exit()).as(pushed + host.said()).isZero();
        assertThat(SshHost.run("git", "-C", repository("shell"), "show", "main:file")
                        .text())
                .isEqualTo("two");
        assertThat(opened("git_ssh_key"))
                .anyMatch(facts -> facts.path("purpose").asString().equals("login")
                        && facts.path("ssh_user").asString().equals(System.getProperty("user.name"))
                        && facts.path("host_key").asString().equals(uncheckedFingerprint()));
        assertThat(inside("SSH_AUTH_SOCK=$CLOISTER_GIT_SIGNER ssh-add -L")
                        .succeeded()
                        .text())
                .startsWith(key.strip());
        assertThat(inside("env; grep -rls 'PRIVATE KEY' ~ /tmp /run/user /dev/shm; true")
                        .out())
                .doesNotContain("PRIVATE");
    }

    private String uncheckedFingerprint() {
        try {
            return host.fingerprint();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @Order(5)
    void theKeySignsCommitsAndNothingElse() throws IOException {
        String sign =
                "SSH_AUTH_SOCK=$CLOISTER_GIT_SIGNER; export SSH_AUTH_SOCK; ssh-add -L >key.pub; echo hello >text; "
                        + "rm -f text.sig; ssh-keygen -q -Y sign -f key.pub -n ";

        assertThat(inside(sign + "git text; cat text.sig").out()).contains("BEGIN SSH SIGNATURE");
        assertThat(inside(sign + "file text").exit()).isNotZero();
        assertThat(inside("SSH_AUTH_SOCK=$CLOISTER_GIT_SIGNER ssh-add -D").exit())
                .isNotZero();
        assertThat(opened("git_ssh_key"))
                .anyMatch(facts -> facts.path("purpose").asString().equals("commit"));
    }

    @Test
    @Order(6)
    void nobodyBehindAForwardedConnectionGetsTheKey() throws IOException {
        String ssh = "/opt/cloister/agent/tools/git/ssh ";
        String target = " -p " + host.port + " " + System.getProperty("user.name") + "@" + SshHost.ADDRESS + " ";

        assertThat(inside(ssh + target + "'echo ${SSH_AUTH_SOCK:-none}'").text())
                .isEqualTo("none");
        var forwarded = inside(
                "/opt/cloister/agent/tools/git/ssh -o IdentityAgent=$CLOISTER_GIT_SIGNER -A" + target + "ssh-add -L");
        assertThat(forwarded.out()).doesNotContain("ssh-ed25519");
    }

    @Test
    @Order(7)
    void aHostNameThatIsACommandIsNone() throws IOException {
        var run = inside("/opt/cloister/agent/tools/git/ssh -p 22 '`touch owned`.example' true; ls owned");

        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isNotZero();
    }

    @Test
    @Order(8)
    void anUnlinkedAccountIsRefusedAtOnce() throws IOException {
        api.send("DELETE", "/api/v2/external-auth/forge", null).ok();
        int before = forge.attempts.size();

        var push = inside("cd web && echo three >file && git commit -qam three && git push -q origin HEAD:main");

        assertThat(push.exit()).isNotZero();
        assertThat(push.err()).contains(page());
        assertThat(forge.attempts).hasSize(before);
    }
}
