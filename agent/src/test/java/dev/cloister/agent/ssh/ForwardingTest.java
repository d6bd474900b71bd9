package dev.cloister.agent.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.agent.FakeServer;
import dev.cloister.agent.RunningAgent;
import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.Ticket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forwarding with Debian's OpenSSH client, allowed and refused by the ticket. */
@Timeout(120)
final class ForwardingTest {
    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();
    private RunningAgent running;
    private ServerSocket echo;

    @BeforeEach
    void start() throws Exception {
        running = new RunningAgent(directory, Manifest.getDefaultInstance());
        echo = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::echo);
    }

    @AfterEach
    void stop() throws Exception {
        for (var process : processes) {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
        echo.close();
        running.close();
    }

    @Test
    void aLocalForwardReachesTheWorkspace() throws Exception {
        int port = free();
        ssh(FakeServer.everything(), "-N", "-L", port + ":127.0.0.1:" + echo.getLocalPort(), "ws");

        assertThat(exchange(port, "x".repeat(300_000))).isEqualTo("x".repeat(300_000));
    }

    @Test
    void aLocalForwardIsRefusedWhereTheTicketDoesNotAllowIt() throws Exception {
        int port = free();
        var log = ssh(
                FakeServer.everything().setAllowLocalForwarding(false),
                "-N",
                "-L",
                port + ":127.0.0.1:" + echo.getLocalPort(),
                "ws");

        assertThat(exchange(port, "hello")).isEmpty();
        RunningAgent.until("the refusal is told", () -> read(log).contains("administratively prohibited"));
    }

    @Test
    void aRemoteForwardListensOnTheWorkspacesLoopbackOnly() throws Exception {
        int port = free();
        ssh(FakeServer.everything(), "-N", "-R", "*:" + port + ":127.0.0.1:" + echo.getLocalPort(), "ws");

        assertThat(exchange(port, "hello")).isEqualTo("hello");
        var listening = new OpenSsh(directory, 1).run(Map.of(), "", List.of("ss", "-Hltn", "sport = :" + port));
        assertThat(listening.output())
                .contains("127.0.0.1")
                .doesNotContain("0.0.0.0:" + port)
                .doesNotContain("*:" + port);
    }

    @Test
    void remoteForwardsByDefaultAddressAndOnAnyFreePortWork() throws Exception {
        int port = free();
        ssh(FakeServer.everything(), "-N", "-R", port + ":127.0.0.1:" + echo.getLocalPort(), "ws");
        var log = ssh(FakeServer.everything(), "-N", "-R", "0:127.0.0.1:" + echo.getLocalPort(), "ws");

        assertThat(exchange(port, "hello")).isEqualTo("hello");
        RunningAgent.until("a port is allocated", () -> read(log).contains("Allocated port"));
        int allocated = Integer.parseInt(read(log).replaceAll("(?s).*Allocated port (\\d+).*", "$1"));
        assertThat(exchange(allocated, "hello")).isEqualTo("hello");
    }

    @Test
    void aRemoteForwardIsRefusedWhereTheTicketDoesNotAllowIt() throws Exception {
        var openSsh = openSsh(FakeServer.everything().setAllowRemoteForwarding(false));

        var result = openSsh.ssh(
                "-o", "ExitOnForwardFailure=yes", "-R", free() + ":127.0.0.1:" + echo.getLocalPort(), "ws", "true");

        assertThat(result.status()).isEqualTo(255);
    }

    @Test
    void theClientsAgentAnswersInTheWorkspace() throws Exception {
        var socket = directory.resolve("agent");
        var environment = Map.of("SSH_AUTH_SOCK", socket.toString());
        processes.add(new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start());
        RunningAgent.until("the agent listens", () -> Files.exists(socket));
        var openSsh = openSsh(FakeServer.everything());
        var key = directory.resolve("key").toString();
        openSsh.run(environment, "", List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "mine", "-f", key));
        openSsh.run(environment, "", List.of("ssh-add", "-q", key));

        var listed = openSsh.sshIn(environment, "-A", "ws", "ssh-add -l; ssh-add -T " + key + ".pub && echo signed");
        var refused = openSsh(FakeServer.everything().setAllowAgentForwarding(false))
                .sshIn(environment, "-A", "ws", "echo \"[$SSH_AUTH_SOCK]\"");

        assertThat(listed.output()).contains("mine", "signed");
        assertThat(refused.output()).isEqualTo("[]\n");
    }

    @Test
    void theAgentsSocketGoesWithTheConnection() throws Exception {
        var socket = directory.resolve("agent");
        processes.add(new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString()).start());
        RunningAgent.until("the agent listens", () -> Files.exists(socket));

        var path = Path.of(openSsh(FakeServer.everything())
                .sshIn(
                        Map.of("SSH_AUTH_SOCK", socket.toString()),
                        "-A",
                        "ws",
                        "stat -c %a $(dirname $SSH_AUTH_SOCK) >&2; echo $SSH_AUTH_SOCK")
                .output()
                .strip());

        RunningAgent.until("the socket is gone", () -> !Files.exists(path) && !Files.exists(path.getParent()));
    }

    @Test
    void fileTransferIsRefusedWhereTheTicketDoesNotAllowIt() throws Exception {
        var openSsh = openSsh(FakeServer.everything().setAllowFileTransfer(false));
        var config = openSsh.configuration().toString();
        var file = Files.writeString(directory.resolve("source"), "x").toString();

        for (var command : List.of(
                List.of("scp", "-F", config, file, "ws:copy"),
                List.of("scp", "-O", "-F", config, file, "ws:copy"),
                List.of("rsync", "-e", "ssh -F " + config, file, "ws:copy"))) {
            assertThat(openSsh.run(Map.of(), "", command).status())
                    .as("%s", command)
                    .isNotZero();
        }
        assertThat(directory.resolve("copy")).doesNotExist();
        assertThat(openSsh.ssh("ws", "echo other commands run").output()).isEqualTo("other commands run\n");
    }

    private OpenSsh openSsh(Ticket.Builder grant) throws IOException {
        return new OpenSsh(directory, running.server.sshPort(grant));
    }

    private Path ssh(Ticket.Builder grant, String... arguments) throws Exception {
        var log = Files.createTempFile(directory, "ssh", ".log");
        var command = openSsh(grant).command("ssh", arguments);
        command.addAll(1, List.of("-o", "LogLevel=INFO"));
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
        return log;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends, ends, and reads what comes back; connects as soon as somebody listens. */
    private static String exchange(int port, String text) throws Exception {
        try (var socket = new Socket()) {
            RunningAgent.until("somebody listens on " + port, () -> listens(port));
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.setSoTimeout(10_000);
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
                    socket.shutdownOutput();
                } catch (IOException _) {
                    // Refused.
                }
            });
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer", e);
        } catch (IOException _) {
            return "";
        }
    }

    /** Looked up, not tried: a trial connection or binding would disturb what is being tested. */
    private static boolean listens(int port) {
        // The address of loopback, also in its form within IPv6, then the port and the state "listening".
        var pattern = Pattern.compile("0100007F:%04X \\S+ 0A".formatted(port));
        return pattern.matcher(read(Path.of("/proc/net/tcp"))).find()
                || pattern.matcher(read(Path.of("/proc/net/tcp6"))).find();
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private void echo() {
        while (!echo.isClosed()) {
            try {
                var client = echo.accept();
                Thread.ofVirtual().start(() -> {
                    try (client) {
                        client.getInputStream().transferTo(client.getOutputStream());
                    } catch (IOException _) {
                        // The forward was closed.
                    }
                });
            } catch (IOException _) {
                return;
            }
        }
    }
}
