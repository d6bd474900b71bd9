package dev.cloister.cli.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.terminal.Terminal;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.Samples;
import dev.cloister.contract.client.ApiClient;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PortForwardTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @TempDir
    Path directory;

    @Test
    void portsAndRangesAreUnderstood() throws Exception {
        assertThat(PortForward.parse(List.of("8080"))).containsExactly(new PortForward(HERE, 8080, 8080));
        assertThat(PortForward.parse(List.of("8080:3000,22022:22")))
                .containsExactly(new PortForward(HERE, 8080, 3000), new PortForward(HERE, 22022, 22));
        assertThat(PortForward.parse(List.of("9000-9001:8000-8001")))
                .containsExactly(new PortForward(HERE, 9000, 8000), new PortForward(HERE, 9001, 8001));
        assertThat(PortForward.parse(List.of("[::1]:80:8080", "0.0.0.0:81:8081")))
                .extracting(PortForward::remote)
                .containsExactly(8080, 8081);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "0",
                "65536",
                "99999",
                "80:",
                ":80",
                "2-1",
                "1-3:1-2",
                "example.com:80:80",
                "1:2:3:4",
                "1.2.3:80",
                "-5"
            })
    void whatNamesNoPortsIsRefused(String option) {
        assertThatThrownBy(() -> PortForward.parse(List.of(option))).isInstanceOf(CommandException.class);
    }

    @Test
    void manyPortsAreRefusedInsteadOfExhaustingThisMachine() {
        assertThatThrownBy(() -> PortForward.parse(List.of("1-65535", "1-65535")))
                .isInstanceOf(CommandException.class);
    }

    @Test
    void udpIsRefusedWithAReason() {
        var result = new Cli(CliMain::run, directory).run("port-forward", "dev", "--udp", "53");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("only TCP");
        assertThat(new Cli(CliMain::run, directory).run("port-forward", "dev").err())
                .contains("--tcp");
    }

    @Test
    void bytesOfManyConnectionsArriveUnchanged() throws Exception {
        try (var server = new FakeCloister();
                var echo = new ServerSocket(0, 50, HERE);
                var here = new ServerSocket(0, 50, HERE);
                var client = new ApiClient(server.url(), Optional.empty())) {
            Thread.ofVirtual().start(() -> echo(echo));
            var stream = client.agents().portStream(Samples.AGENT, 3000);
            server.stream(stream.getPath(), new InetSocketAddress(HERE, echo.getLocalPort()));
            forwarder(client, new ByteArrayOutputStream()).serve(here);
            var workers = new ArrayList<Thread>();
            var failures = new ConcurrentLinkedQueue<Throwable>();
            for (int i = 0; i < 8; i++) {
                int seed = i;
                workers.add(Thread.ofVirtual().start(() -> {
                    try {
                        sendAndCompare(here.getLocalPort(), seed);
                    } catch (Throwable failed) {
                        failures.add(failed);
                    }
                }));
            }
            for (var worker : workers) {
                worker.join();
            }
            assertThat(failures).isEmpty();
            assertThat(server.calls("GET", stream.getPath()))
                    .hasSize(8)
                    .allSatisfy(call -> assertThat(call.query()).isEqualTo("channel=port&port=3000"));
        }
    }

    @Test
    void aRefusalIsSaidAndTheConnectionClosed() throws Exception {
        try (var server = new FakeCloister();
                var here = new ServerSocket(0, 50, HERE);
                var client = new ApiClient(server.url(), Optional.empty())) {
            var said = new ByteArrayOutputStream();
            forwarder(client, said).serve(here);
            try (var socket = new Socket(HERE, here.getLocalPort())) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(said.toString(StandardCharsets.UTF_8)).contains("do not have access");
        }
    }

    private static PortForwarder forwarder(ApiClient client, ByteArrayOutputStream said) {
        var err = new PrintStream(said, true, StandardCharsets.UTF_8);
        var terminal = Terminal.unattended(InputStream.nullInputStream(), err, err);
        return new PortForwarder(terminal, new Streams(client), client.agents().portStream(Samples.AGENT, 3000));
    }

    private static void sendAndCompare(int port, int seed) throws Exception {
        var sent = new byte[3 << 20];
        new Random(seed).nextBytes(sent);
        try (var socket = new Socket(HERE, port)) {
            Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(sent);
                } catch (Exception failed) {
                    throw new AssertionError(failed);
                }
            });
            assertThat(socket.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        }
    }

    private static void echo(ServerSocket listener) {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                Thread.ofVirtual().start(() -> {
                    try (socket) {
                        socket.getInputStream().transferTo(socket.getOutputStream());
                    } catch (Exception closed) {
                        // the other side is done
                    }
                });
            } catch (Exception closed) {
                return;
            }
        }
    }
}
