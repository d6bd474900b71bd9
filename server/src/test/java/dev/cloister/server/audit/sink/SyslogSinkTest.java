package dev.cloister.server.audit.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.proof.check.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyslogSinkTest {
    private static final String PASSWORD = "password";

    @TempDir
    static Path keys;

    @TempDir
    Path directory;

    private SinkWorld world;

    @BeforeAll
    static void makeKeys() throws Exception {
        for (String host : List.of("localhost", "other.example.com")) {
            keytool(
                    "-genkeypair",
                    "-alias",
                    "tls",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + host,
                    "-ext",
                    "san=dns:" + host,
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store(host).toString(),
                    "-storepass",
                    PASSWORD,
                    "-validity",
                    "2");
            keytool(
                    "-exportcert",
                    "-rfc",
                    "-alias",
                    "tls",
                    "-keystore",
                    store(host).toString(),
                    "-storepass",
                    PASSWORD,
                    "-file",
                    certificate(host).toString());
        }
    }

    private static void keytool(String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static Path store(String host) {
        return keys.resolve(host + ".p12");
    }

    private static Path certificate(String host) {
        return keys.resolve(host + ".pem");
    }

    @BeforeEach
    void begin() {
        world = new SinkWorld(directory);
    }

    @AfterEach
    void end() {
        world.close();
    }

    /** A server that reads frames of RFC 5425 to the end of each connection. */
    private static final class Server implements AutoCloseable {
        final List<String> messages = new CopyOnWriteArrayList<>();
        final AtomicInteger connections = new AtomicInteger();
        volatile int dropFirst;
        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final SSLContext tls;

        Server(String host) throws Exception {
            tls = context(host);
            Thread.ofVirtual().start(this::accept);
        }

        private static SSLContext context(String host) throws Exception {
            var store = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(store(host))) {
                store.load(in, PASSWORD.toCharArray());
            }
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        }

        private void accept() {
            while (!socket.isClosed()) {
                try {
                    Socket one = socket.accept();
                    Thread.ofVirtual().start(() -> read(one));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void read(Socket plain) {
            try (plain;
                    var one = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, true)) {
                one.setUseClientMode(false);
                InputStream in = one.getInputStream();
                boolean dropped = connections.incrementAndGet() <= dropFirst;
                var read = new ArrayList<String>();
                for (String frame = frame(in); !frame.isEmpty(); frame = frame(in)) {
                    read.add(frame);
                    if (dropped && read.size() == 3) {
                        plain.setSoLinger(true, 0); // as a process that dies with what it has not read
                        plain.close();
                        return;
                    }
                }
                messages.addAll(read);
            } catch (IOException e) {
                // the client has gone
            }
        }

        private static String frame(InputStream in) throws IOException {
            int length = 0;
            for (int next = in.read(); next != ' '; next = in.read()) {
                if (next < 0) {
                    return "";
                }
                assertThat(next).isBetween((int) '0', (int) '9');
                length = length * 10 + next - '0';
            }
            return new String(in.readNBytes(length), UTF_8);
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private String sink(Server server, String format, String trusted) throws IOException {
        return world.sink(
                "syslog",
                "syslog",
                format,
                Map.of(
                        "host", "localhost",
                        "port", Integer.toString(server.port()),
                        "ca_certificates", Files.readString(certificate(trusted))),
                Map.of());
    }

    @Test
    void everythingArrivesInFramesOverTls() throws Exception {
        try (var server = new Server("localhost")) {
            world.events(60).event("line\nbreak \u001b[31m ü \u202e").events(5);
            world.sinks.start();
            world.caughtUp(sink(server, "json", "localhost"));
            assertThat(server.messages)
                    .allMatch(message -> message.matches(
                            "(?s)<109>1 \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z \\S+ cloister - audit"
                                    + " \\[cloister@32473 key=\"[a-z0-9-]+\"\\] \uFEFF\\{.*"));
            assertThat(server.messages).noneMatch(message -> message.chars().anyMatch(Character::isISOControl));
            assertThat(world.check(server.messages.stream()
                            .map(message -> message.substring(message.indexOf('\uFEFF') + 1))
                            .toList()))
                    .isInstanceOf(Verdict.Whole.class);
        }
    }

    @Test
    void whatAServerTookAndDidNotReadComesAgain() throws Exception {
        try (var server = new Server("localhost")) {
            server.dropFirst = 2;
            world.events(60);
            world.sinks.start();
            world.caughtUp(sink(server, "json", "localhost"));
            assertThat(server.connections.get()).isGreaterThan(2);
            assertThat(world.check(server.messages.stream()
                            .map(message -> message.substring(message.indexOf('\uFEFF') + 1))
                            .toList()))
                    .isInstanceOf(Verdict.Whole.class);
        }
    }

    @Test
    void aCertificateOfSomebodyElseIsNotBelieved() throws Exception {
        for (String presented : List.of("localhost", "other.example.com")) {
            try (var server = new Server(presented)) {
                world.events(3);
                world.sinks.start();
                // first one that no authority vouches for, then one of another name
                String id = sink(server, "cef", "other.example.com");
                var failing = world.until(id, sink -> sink.get("failures").asInt() > 0);
                assertThat(failing.get("cursor").asLong()).isZero();
                assertThat(failing.get("last_error").asString()).contains("SSL");
                assertThat(server.messages).isEmpty();
                world.api.send("DELETE", SinkWorld.SINKS + "/" + id, world.api.owner(), null);
            }
        }
    }

    @Test
    void aServerThatReadsNothingIsCutOffAndTriedAgain() throws Exception {
        var ended = new CountDownLatch(1);
        try (var deaf = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            world.events(3);
            world.sinks.start();
            Thread.ofVirtual().start(() -> {
                try (var one = deaf.accept()) {
                    ended.await();
                } catch (IOException | InterruptedException e) {
                    // over
                }
            });
            String id = world.sink(
                    "syslog",
                    "syslog",
                    "cef",
                    Map.of("host", "127.0.0.1", "port", Integer.toString(deaf.getLocalPort()), "tls", "false"),
                    Map.of());
            var failing = world.until(id, sink -> sink.get("failures").asInt() > 0);
            assertThat(failing.get("last_error").asString()).contains("timed out");
            assertThat(failing.get("cursor").asLong()).isZero();
            ended.countDown();
        }
    }
}
