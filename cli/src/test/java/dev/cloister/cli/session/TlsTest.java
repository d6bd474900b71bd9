package dev.cloister.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.cli.CliMain;
import dev.cloister.cli.terminal.Terminal;
import dev.cloister.cli.testing.Cli;
import dev.cloister.cli.testing.FakeCloister;
import dev.cloister.cli.testing.Samples;
import dev.cloister.tunnel.websocket.SocketDialer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {
    private static final String PATH = "/api/v2/workspaceagents/" + Samples.AGENT + "/stream";

    @TempDir
    Path directory;

    private FakeCloister server;
    private Path authority;

    @BeforeEach
    void start() throws Exception {
        var store = directory.resolve("store.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString());
        authority = directory.resolve("authority.pem");
        keytool("-exportcert", "-rfc", "-alias", "a", "-keystore", store.toString(), "-file", authority.toString());
        var tls = new SslContextFactory.Server();
        tls.setKeyStorePath(store.toString());
        tls.setKeyStorePassword("changeit");
        server = new FakeCloister(tls);
    }

    private static void keytool(String... arguments) throws Exception {
        var words = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
        words.addAll(List.of(arguments));
        words.addAll(List.of("-storepass", "changeit"));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(new String(process.getInputStream().readAllBytes()))
                .isZero();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aServerThatNobodyVouchesForGetsNoToken() {
        var result = new Cli(CliMain::run, directory).loggedInTo(server.url()).run("whoami");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("CLOISTER_CA_FILE");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void aCompanysOwnAuthorityIsTrustedWhereItIsNamed() {
        var cli = new Cli(CliMain::run, directory)
                .loggedInTo(server.url())
                .with("CLOISTER_CA_FILE", authority.toString());
        assertThat(cli.run("whoami").out()).contains("You are alice");
    }

    @Test
    void aFileWithoutCertificatesIsRefused() throws Exception {
        var file = Files.writeString(directory.resolve("empty.pem"), "nothing");
        var cli = new Cli(CliMain::run, directory).loggedInTo(server.url()).with("CLOISTER_CA_FILE", file.toString());
        assertThat(cli.run("whoami").code()).isEqualTo(2);
    }

    @Test
    void streamsCarryBytesOverTls() throws Exception {
        try (var echo = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var socket = echo.accept()) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                } catch (IOException ended) {
                    // the test is over
                }
            });
            server.stream(PATH, new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.getLocalPort()));
            try (var stream = dialer().open(
                            URI.create("wss"
                                    + server.url().resolve(PATH).toString().substring(5)),
                            Map.of())) {
                stream.write(ByteBuffer.wrap(new byte[300_000]));
                int received = 0;
                while (received < 300_000) {
                    var chunk = stream.read();
                    assertThat(chunk).isNotNull();
                    received += chunk.remaining();
                }
                assertThat(received).isEqualTo(300_000);
            }
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() {
        var other = URI.create("wss://localhost:" + server.url().getPort() + PATH);
        assertThatThrownBy(() -> dialer().open(other, Map.of())).isInstanceOf(IOException.class);
        assertThat(server.calls()).isEmpty();
    }

    private SocketDialer dialer() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        var terminal = Terminal.unattended(InputStream.nullInputStream(), nowhere, nowhere);
        var context = new CliContext(terminal, Map.of("CLOISTER_CA_FILE", authority.toString()), directory);
        return new SocketDialer(() -> {
            try {
                return context.tls(server.url()).get();
            } catch (IOException | CommandException wrong) {
                throw new IllegalStateException(wrong);
            }
        });
    }
}
