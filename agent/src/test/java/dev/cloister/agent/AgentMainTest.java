package dev.cloister.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.Lifecycle.State;
import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.Terminal;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.agent.WorkspaceAgentScript;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real agent process of an unprivileged user, as an engine starts it; needs root to become that user. */
@Timeout(120)
final class AgentMainTest {
    private static final String TOKEN = "very-secret-token-" + UUID.randomUUID();
    private static final int USER = 64_321;

    private final FakeServer server = new FakeServer(Manifest.newBuilder()
            .addScripts(WorkspaceAgentScript.newBuilder()
                    .setScript("echo bye > stopped")
                    .setRunOnStop(true))
            .build());
    private Path directory;
    private Process agent;

    @BeforeEach
    void start() throws Exception {
        assumeThat(ProcessHandle.current().info().user()).contains("root");
        directory = Files.createTempDirectory("cloister-agent-test");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        var command = new ArrayList<>(asUser());
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        Files.readAllLines(Path.of("jvm-options")).stream()
                .filter(line -> line.startsWith("-"))
                .forEach(command::add);
        command.addAll(List.of("-cp", readableClassPath(), "dev.cloister.agent.AgentMain"));
        agent = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("agent.log").toFile())
                .start();
        try (var input = agent.getOutputStream()) {
            server.bootstrap(server.listen(), TOKEN, directory).writeDelimitedTo(input);
        }
        RunningAgent.until("the agent is connected", () -> server.states.contains(State.READY));
    }

    @AfterEach
    void stop() throws Exception {
        if (agent != null) {
            agent.destroyForcibly().waitFor();
        }
        server.close();
        new ProcessBuilder("rm", "-rf", String.valueOf(directory)).start().waitFor();
    }

    @Test
    void aProcessOfTheSameUserCannotLookIntoTheAgent() throws Exception {
        long pid = agent.pid();
        for (var file : List.of("mem", "environ", "maps", "fd/0", "cwd/x", "root/etc/passwd", "auxv", "stack")) {
            var result = asUser("cat /proc/%d/%s".formatted(pid, file));
            assertThat(result).as(file).containsAnyOf("Permission denied", "Operation not permitted");
        }
        assertThat(asUser("ls /proc/%d/fd".formatted(pid))).contains("Permission denied");
        assertThat(asUser("strace -p %d 2>&1 & sleep 1; kill $!".formatted(pid)))
                .containsAnyOf("Operation not permitted", "Permission denied", "attach");
        var arguments = Files.readString(Path.of("/proc/%d/cmdline".formatted(pid)));
        assertThat(arguments).contains("-XX:+DisableAttachMechanism", "-XX:-UsePerfData");
    }

    @Test
    void theCredentialIsNeitherInArgumentsNorWithChildrenNorOnDisk() throws Exception {
        assertThat(Files.readString(Path.of("/proc/%d/cmdline".formatted(agent.pid()))))
                .doesNotContain(TOKEN);
        assertThat(Files.readString(Path.of("/proc/%d/environ".formatted(agent.pid()))))
                .doesNotContain(TOKEN);
        var terminal = Terminal.newBuilder()
                .setReconnectId(UuidBytes.of(UUID.randomUUID()))
                .setCommand(
                        "env; cat /proc/self/environ; ls -l /proc/self/fd; id -u; find /tmp /var/tmp /dev/shm -user "
                                + USER
                                + " -type f ! -path '*/lib/*' -exec grep -l very-secret-token- {} + 2>&-; echo end");
        try (var stream = server.open(
                OpenStream.newBuilder().setChannel(Channel.TERMINAL).setTerminal(terminal), FakeServer.everything())) {
            var output = new String(stream.input().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(output)
                    .contains(String.valueOf(USER), "HOME=" + directory, "end")
                    .doesNotContain(TOKEN);
            assertThat(output.lines().filter(line -> line.contains(" -> "))).hasSizeLessThanOrEqualTo(4);
            assertThat(output.substring(output.lastIndexOf(String.valueOf(USER))))
                    .doesNotContain("/tmp/");
        }
        assertThat(Files.readString(directory.resolve("agent.log"))).doesNotContain(TOKEN);
    }

    @Test
    void terminationRunsTheStopScriptsAndSaysSo() throws Exception {
        agent.destroy();

        assertThat(agent.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(directory.resolve("stopped")).exists();
        assertThat(server.states).endsWith(State.SHUTTING_DOWN, State.OFF);
    }

    @Test
    void theAgentIsSmall() throws Exception {
        var status = Files.readAllLines(Path.of("/proc/%d/status".formatted(agent.pid())));
        long resident = status.stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();

        // The image with its cache is smaller still; this is a whole JDK.
        assertThat(resident / 1024).as("MB resident").isLessThan(160);
    }

    private String asUser(String script) throws Exception {
        var command = new ArrayList<>(asUser());
        command.addAll(List.of("sh", "-c", script));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static List<String> asUser() {
        return List.of(
                "setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups", "--inh-caps=-all", "--no-new-privs");
    }

    /** The class path where anybody may read it: a build's own directories may be closed. */
    private String readableClassPath() throws IOException, InterruptedException {
        var lib = Files.createDirectory(directory.resolve("lib"));
        var copies = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.contains("test-classes") || entry.contains("junit") || !Files.exists(Path.of(entry))) {
                continue;
            }
            var copy = lib.resolve(copies.size() + "-" + Path.of(entry).getFileName());
            new ProcessBuilder("cp", "-r", entry, copy.toString()).start().waitFor();
            copies.add(copy.toString());
        }
        new ProcessBuilder("chmod", "-R", "a+rX", lib.toString()).start().waitFor();
        return String.join(File.pathSeparator, copies);
    }
}
