package dev.cloister.cli.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.FakeCloister.Answer;
import dev.cloister.cli.testing.Samples;
import dev.cloister.cli.testing.SshPeer;
import dev.cloister.contract.api.AgentHostKey;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.CreateWorkspaceBuildRequest;
import dev.cloister.contract.api.SSHConfigResponse;
import dev.cloister.contract.api.WorkspaceAgentStatus;
import dev.cloister.contract.api.WorkspaceBuild;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real OpenSSH through the real program, in a process of its own, to a real SSH server. */
final class SshEndToEndTest {
    private static final String TOKEN = "abcdefghij-0123456789012345678901";
    private static final String STREAM = "/api/v2/workspaceagents/" + Samples.AGENT + "/stream";
    private static final String HOST_KEY = "/api/v2/workspaceagents/" + Samples.AGENT + "/ssh-host-key";
    private static final String BUILDS = "/api/v2/workspaces/" + Samples.WORKSPACE + "/builds";

    private record Outcome(int code, String out, String err) {}

    @TempDir
    Path directory;

    private FakeCloister server;
    private SshPeer peer;
    private Path config;
    private Path key;

    @BeforeEach
    void start() throws Exception {
        server = new FakeCloister();
        peer = new SshPeer();
        server.answer("GET", "/api/v2/deployment/ssh", new SSHConfigResponse("", "cloister", Map.of()));
        server.answer("GET", HOST_KEY, new AgentHostKey(Samples.AGENT, peer.hostKey()));
        server.stream(STREAM, peer.address());
        serve(Samples.running(Samples.agent("main", WorkspaceAgentStatus.CONNECTED)));
        var cli = new Cli(CliMain::run, directory);
        assertThat(cli.runWith(TOKEN, "login", server.url().toString(), "--token-stdin")
                        .code())
                .isZero();
        key = directory.resolve("key");
        var keygen = new ProcessBuilder("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key.toString()).start();
        assertThat(keygen.waitFor()).isZero();
        assertThat(cli.run("config-ssh", "--ssh-option", "IdentityFile=" + key).code())
                .isZero();
        config = directory.resolve("home/.ssh/config");
    }

    private void serve(WorkspaceBuild build) {
        var workspace = Samples.workspace("dev", build);
        server.answer("GET", "/api/v2/users/me/workspace/dev", workspace);
        server.answer("GET", "/api/v2/workspaces/" + Samples.WORKSPACE, workspace);
    }

    @AfterEach
    void stop() throws Exception {
        peer.close();
        server.close();
    }

    @Test
    void plainSshRunsACommandAndReturnsItsExitCode() throws Exception {
        var outcome = ssh("dev.cloister", "echo hello; exit 7");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo("hello\n");
        assertThat(outcome.code()).isEqualTo(7);
        assertThat(server.calls("GET", STREAM).getFirst().query()).isEqualTo("channel=ssh");
        assertThat(server.calls("GET", STREAM).getFirst().headers()).containsEntry("coder-session-token", TOKEN);
    }

    @Test
    void aHostWithAnotherKeyThanTheServerSaysIsNotEntered() throws Exception {
        try (var impostor = new SshPeer()) {
            server.stream(STREAM, impostor.address());
            var outcome = ssh("dev.cloister", "echo hello");
            assertThat(outcome.code()).isEqualTo(255);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err()).contains("HOST IDENTIFICATION HAS CHANGED");
        }
    }

    @Test
    void aWorkspaceThatGotANewKeyIsEnteredWithoutAQuestion() throws Exception {
        assertThat(ssh("dev.cloister", "true").code()).isZero();
        try (var rebuilt = new SshPeer()) {
            server.stream(STREAM, rebuilt.address());
            server.answer("GET", HOST_KEY, new AgentHostKey(Samples.AGENT, rebuilt.hostKey()));
            assertThat(ssh("dev.cloister", "true").code()).isZero();
        }
    }

    @Test
    void aStoppedWorkspaceIsStartedFirst() throws Exception {
        serve(Samples.stopped());
        var running = Samples.running(Samples.agent("main", WorkspaceAgentStatus.CONNECTED));
        server.log("/api/v2/workspacebuilds/" + Samples.BUILD + "/logs", Samples.line(1, "Starting", "going up"));
        server.answer("GET", "/api/v2/workspacebuilds/" + Samples.BUILD, running);
        server.on("POST", BUILDS, call -> {
            serve(running);
            return Answer.json(201, running);
        });
        var outcome = ssh("dev.cloister", "echo in");
        assertThat(outcome.out()).isEqualTo("in\n");
        assertThat(outcome.err()).contains("going up");
        assertThat(server.calls("POST", BUILDS)
                        .getFirst()
                        .as(CreateWorkspaceBuildRequest.class)
                        .reason())
                .hasToString("SSH_CONNECTION");
    }

    @Test
    void whatTheServerRefusesSshSays() throws Exception {
        server.answer(
                "GET",
                "/api/v2/users/me/workspace/other",
                Answer.error(404, "Resource not found or you do not have access to this resource"));
        var outcome = ssh("other.cloister", "true");
        assertThat(outcome.code()).isEqualTo(255);
        assertThat(outcome.err()).contains("There is no workspace \"other\" that you can see.");
    }

    @Test
    void largeOutputAndInputArriveUnchanged() throws Exception {
        var file = Files.write(directory.resolve("data"), new byte[20 << 20]);
        var outcome = run(
                Map.of(),
                file,
                List.of(
                        "/usr/bin/ssh",
                        "-F",
                        config.toString(),
                        "dev.cloister",
                        "--",
                        "wc -c; head -c 9000000 /dev/zero | md5sum"));
        assertThat(outcome.out().strip().replaceAll("\\s+", " ")).isEqualTo("20971520 " + md5OfZeros() + " -");
    }

    private static String md5OfZeros() throws Exception {
        var digest = MessageDigest.getInstance("MD5").digest(new byte[9_000_000]);
        return HexFormat.of().formatHex(digest);
    }

    @Test
    void theCommandSshPassesArgumentsAndExitCodeOn() throws Exception {
        var outcome = cloister(
                Map.of("CLOISTER_CONFIG_DIR", directory.resolve("config").toString()),
                "ssh",
                "dev",
                "echo",
                "one two;",
                "exit",
                "3");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo("one two\n");
        assertThat(outcome.code()).isEqualTo(3);
    }

    @Test
    void aByteIsSentThereAndBackThroughOneSession() throws Exception {
        var outcome = cloister(session(), "ping", "dev", "-n", "3", "--wait", "0s");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines()).hasSize(4).element(0).asString().matches("pong from dev in .* ms .*");
        assertThat(outcome.out()).contains("3 round trips: least ");
        assertThat(server.calls("GET", STREAM)).hasSize(1);
    }

    @Test
    void theSpeedOfEitherDirectionIsMeasured() throws Exception {
        var down = cloister(session(), "speedtest", "dev", "-t", "1s", "-o", "json");
        assertThat(down.code()).as(down.err()).isZero();
        assertThat(ApiJson.mapper()
                        .readTree(down.out())
                        .path("overall")
                        .path("bytes")
                        .asLong())
                .isPositive();
        var up = cloister(session(), "speedtest", "dev", "-t", "1s", "--direction", "up");
        assertThat(up.out()).contains("THROUGHPUT").contains("Mbit/s");
        assertThat(cloister(session(), "speedtest", "dev", "-t", "1d").code()).isEqualTo(2);
    }

    private Map<String, String> session() {
        return Map.of("CLOISTER_CONFIG_DIR", directory.resolve("config").toString());
    }

    @Test
    void aTokenOfTheEnvironmentReachesNoChildsEnvironmentOrArguments() throws Exception {
        var bin = Files.createDirectories(directory.resolve("bin"));
        var seen = directory.resolve("seen");
        var wrapper = Files.writeString(bin.resolve("ssh"), """
                #!/bin/sh
                { env; printf '%%s\\n' "$@"; tr '\\0' '\\n' < /proc/$PPID/cmdline; } > '%s'
                exec /usr/bin/ssh -F /dev/null "$@"
                """.formatted(seen));
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        var environment = Map.of(
                "PATH",
                bin + ":" + System.getenv("PATH"),
                "CLOISTER_URL",
                server.url().toString(),
                "CLOISTER_SESSION_TOKEN",
                TOKEN,
                "CLOISTER_CONFIG_DIR",
                directory.resolve("empty").toString());
        var outcome = cloister(environment, "ssh", "dev", "echo", "in");
        assertThat(outcome.out()).isEqualTo("in\n");
        assertThat(seen).content().contains("HostKeyAlias=").doesNotContain(TOKEN);
        assertThat(directory.resolve("empty")).doesNotExist();
        var passage = Pattern.compile("'sh' '([^']+)'").matcher(Files.readString(seen));
        assertThat(passage.find()).isTrue();
        assertThat(Path.of(passage.group(1)).getParent()).doesNotExist();
    }

    @Test
    void theCommandSshCarriesMuchBothWaysAndNoticesAnotherKey() throws Exception {
        var environment =
                Map.of("CLOISTER_CONFIG_DIR", directory.resolve("config").toString());
        var outcome = cloister(environment, "ssh", "dev", "--", "head -c 9000000 /dev/zero | md5sum");
        assertThat(outcome.out().strip()).isEqualTo(md5OfZeros() + "  -");
        try (var impostor = new SshPeer()) {
            server.stream(STREAM, impostor.address());
            var refused = cloister(environment, "ssh", "dev", "true");
            assertThat(refused.code()).isEqualTo(255);
            assertThat(refused.err()).contains("HOST IDENTIFICATION HAS CHANGED");
        }
    }

    @Test
    void aStreamThatIsRefusedIsExplained() throws Exception {
        server.answer("GET", HOST_KEY, Answer.error(503, "The agent is out of reach."));
        var outcome = cloister(
                Map.of("CLOISTER_CONFIG_DIR", directory.resolve("config").toString()), "ssh", "dev", "true");
        assertThat(outcome.code()).isEqualTo(255);
        assertThat(outcome.err()).contains("The agent is out of reach.");
    }

    @Test
    void withoutTheRightToStartAStoppedWorkspaceStaysStopped() throws Exception {
        serve(Samples.stopped());
        var outcome = cloister(
                Map.of("CLOISTER_CONFIG_DIR", directory.resolve("config").toString()), "ssh", "--no-start", "dev");
        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("cloister start dev");
        assertThat(server.calls("POST", BUILDS)).isEmpty();
    }

    private Outcome ssh(String host, String command) throws Exception {
        return run(Map.of(), null, List.of("/usr/bin/ssh", "-F", config.toString(), host, "--", command));
    }

    private Outcome cloister(Map<String, String> environment, String... arguments) throws Exception {
        var words = new ArrayList<>(OwnProgram.words());
        words.addAll(List.of(arguments));
        return run(environment, null, words);
    }

    /** A directory with an ssh that writes down what it was started with, then becomes the real one. */
    private Path spyingSsh() throws Exception {
        var bin = Files.createDirectories(directory.resolve("bin"));
        var wrapper = Files.writeString(bin.resolve("ssh"), """
                #!/bin/sh
                { env; printf '%%s\\n' "$@"; tr '\\0' '\\n' < /proc/$PPID/cmdline; } > '%s'
                exec /usr/bin/ssh -F /dev/null -i '%s' "$@"
                """.formatted(directory.resolve("seen"), key));
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();
        return bin;
    }

    private Outcome run(Map<String, String> environment, Path input, List<String> words) throws Exception {
        var builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        builder.environment().put("PATH", spyingSsh() + ":" + System.getenv("PATH"));
        var out = directory.resolve("out");
        var err = directory.resolve("err");
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.redirectInput(
                input == null
                        ? ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())
                        : ProcessBuilder.Redirect.from(input.toFile()));
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Outcome(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
