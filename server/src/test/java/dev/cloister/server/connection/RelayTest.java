package dev.cloister.server.connection;

import static dev.cloister.server.testing.TestApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.contract.agent.Channel;
import dev.cloister.tunnel.Transport;
import dev.cloister.tunnel.websocket.WebSocketRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two server processes on one database: agents are connected to one of them, people to the other. */
class RelayTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private static Arranged arranged;
    private static OtherServer other;
    private static String alice;
    private static Arranged.Dev dev;
    private static FakeAgent agent;

    @BeforeAll
    static void arrange() throws IOException {
        arranged = new Arranged(new LiveConnections.Limits(8, 6), false);
        other = new OtherServer(arranged, true);
        alice = arranged.api.person("alice");
        dev = arranged.workspace("alice", "dev");
        agent = FakeAgent.connect(arranged, dev, other.url);
        arranged.connected(dev);
    }

    @AfterAll
    static void stop() {
        agent.close();
        other.close();
        arranged.close();
    }

    private static Transport open(String path, String token) throws IOException {
        return FakeAgent.dialer().open(arranged.api.url().resolve(path), Map.of("Coder-Session-Token", token));
    }

    private static String echo(Transport transport, String text) throws IOException {
        transport.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        var received = ByteBuffer.allocate(text.getBytes(UTF_8).length);
        while (received.hasRemaining()) {
            var chunk = transport.read();
            assertThat(chunk).as("the stream goes on").isNotNull();
            received.put(chunk);
        }
        return new String(received.array(), UTF_8);
    }

    private static Duration untilClosed(Transport transport) {
        long start = System.nanoTime();
        try {
            while (transport.read() != null) {
                // what was on its way
            }
        } catch (IOException e) {
            // closed
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void sshTerminalsAndPortsReachAnAgentOfTheOtherServer() throws Exception {
        try (var ssh = open(dev.path("/stream?channel=ssh"), alice)) {
            assertThat(echo(ssh, "SSH-2.0-test")).isEqualTo("SSH-2.0-test");
        }
        try (var terminal = open(dev.path("/pty?reconnect=" + UUID.randomUUID() + "&width=80&height=24"), alice)) {
            assertThat(echo(terminal, "ls\r")).isEqualTo("ls\r");
        }
        try (var listening = new ServerSocket(0);
                var port = open(dev.path("/stream?channel=port&port=" + listening.getLocalPort()), alice);
                var accepted = listening.accept()) {
            accepted.getOutputStream().write("hello".getBytes(UTF_8));
            assertThat(port.read()).isEqualTo(ByteBuffer.wrap("hello".getBytes(UTF_8)));
            accepted.close();
            assertThat(untilClosed(port)).isLessThan(AT_ONCE);
        }
        assertThat(agent.tickets)
                .anySatisfy(ticket -> assertThat(ticket.getUsername()).isEqualTo("alice"));
    }

    @Test
    void muchIsCarriedUnchangedThroughBothServers() throws Exception {
        try (var ssh = open(dev.path("/stream?channel=ssh"), alice)) {
            byte[] sent = new byte[3 << 20];
            new Random(7).nextBytes(sent);
            var writer = CompletableFuture.runAsync(
                    () -> {
                        try {
                            ssh.write(ByteBuffer.wrap(sent));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    task -> Thread.ofVirtual().start(task));
            var received = ByteBuffer.allocate(sent.length);
            while (received.hasRemaining()) {
                received.put(ssh.read());
            }
            writer.get(10, TimeUnit.SECONDS);
            assertThat(received.array()).isEqualTo(sent);
        }
    }

    @Test
    void aConnectionIsOnTheLogsOnceAndCountedOnce() throws Exception {
        String carla = arranged.api.person("carla");
        var own = arranged.workspace("carla", "once");
        try (var its = FakeAgent.connect(arranged, own, other.url)) {
            arranged.connected(own);
            for (int i = 0; i < 6; i++) {
                open(own.path("/stream?channel=ssh"), carla);
            }
            assertThat(other.connections.live().size()).isZero();
            assertThat(its.requests).hasSize(6);
            assertThatThrownBy(() -> open(own.path("/stream?channel=ssh"), carla))
                    .isInstanceOfSatisfying(
                            WebSocketRefusedException.class,
                            e -> assertThat(e.status()).isEqualTo(429));
            Polling.until(
                    "the connections are on the log",
                    () -> arranged.look(
                                    "SELECT count(*) FROM connection_logs WHERE workspace_id = '%s'", own.workspace())
                            .equals("6"));
            assertThat(arranged.look(
                            "SELECT count(*) FROM audit_events WHERE action = 'connect' AND resource_id = '%s'",
                            own.agent()))
                    .isEqualTo("6");
        }
    }

    @Test
    void theEndOfASessionEndsARelayedConnectionWithinASecond() throws Exception {
        arranged.api.person("bella");
        String session = arranged.api.login("bella@example.com");
        var own = arranged.workspace("bella", "ended");
        try (var its = FakeAgent.connect(arranged, own, other.url)) {
            arranged.connected(own);
            var ssh = open(own.path("/stream?channel=ssh"), session);
            assertThat(echo(ssh, "x")).isEqualTo("x");
            var closed = CompletableFuture.supplyAsync(
                    () -> untilClosed(ssh), task -> Thread.ofVirtual().start(task));
            arranged.api.send("POST", "/api/v2/users/logout", session, null);
            assertThat(closed.get(1, TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(1));
            Polling.until("the agent's end has ended too", () -> its.mux.streamCount() == 0);
        }
    }

    @Test
    void anAppIsServedThroughTheOtherServer() throws Exception {
        try (var app = new OneAnswer("through two servers")) {
            arranged.app(dev, "relayed", app.url(), "owner");
            String answer = OneAnswer.get(
                    arranged.api.url(), "relayed--dev--alice.apps.cloister.test:3000", "Coder-Session-Token: " + alice);
            assertThat(answer).startsWith("HTTP/1.1 200").endsWith("through two servers");
        }
    }

    @Test
    void portsThatListenAreAskedOfTheOtherServersAgent() {
        var answer = arranged.api.get(dev.path("/listening-ports"), alice);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).get("ports").isArray()).isTrue();
        assertThat(agent.requests)
                .anySatisfy(request -> assertThat(request.getChannel()).isEqualTo(Channel.LISTENING_PORTS));
    }

    @Test
    void anAgentThatMovesToThisServerIsReachedHere() throws Exception {
        String dora = arranged.api.person("dora");
        var own = arranged.workspace("dora", "moving");
        var before = FakeAgent.connect(arranged, own, other.url);
        arranged.connected(own);
        try (var after = FakeAgent.connect(arranged, own)) {
            var replaced = new CompletableFuture<Boolean>();
            before.mux.onClose(() -> replaced.complete(true));
            assertThat(replaced.get(2, TimeUnit.SECONDS)).isTrue();
            try (var ssh = open(own.path("/stream?channel=ssh"), dora)) {
                assertThat(echo(ssh, "here")).isEqualTo("here");
            }
            assertThat(after.requests).hasSize(1);
            assertThat(before.requests).isEmpty();
        }
    }

    @Test
    void aServerWithoutAnAddressIsOutOfReachAtOnce() throws Exception {
        String erna = arranged.api.person("erna");
        var own = arranged.workspace("erna", "hidden");
        try (var hidden = new OtherServer(arranged, false);
                var its = FakeAgent.connect(arranged, own, hidden.url)) {
            arranged.connected(own);
            long begun = System.nanoTime();
            var answer = arranged.api.get(own.path("/listening-ports"), erna);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
            assertThat(json(answer).get("message").asString()).contains("relay-url");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
            assertThat(its.requests).isEmpty();
        }
    }

    @Test
    void aServerThatEndsCutsWhatItRelayedAndItsAgentsAreWaitedFor() throws Exception {
        String fritz = arranged.api.person("fritz");
        var own = arranged.workspace("fritz", "bereft");
        var ending = new OtherServer(arranged, true);
        var before = FakeAgent.connect(arranged, own, ending.url);
        arranged.connected(own);
        var ssh = open(own.path("/stream?channel=ssh"), fritz);
        assertThat(echo(ssh, "x")).isEqualTo("x");
        ending.close();
        assertThat(untilClosed(ssh)).isLessThan(AT_ONCE);
        before.close();
        try (var after = FakeAgent.connect(arranged, own, other.url)) {
            arranged.connected(own);
            try (var again = open(own.path("/stream?channel=ssh"), fritz)) {
                assertThat(echo(again, "again")).isEqualTo("again");
            }
            assertThat(after.requests).hasSize(1);
        }
    }

    @Test
    void nobodyWithoutTheKeyIsLetIn() throws Exception {
        String replica = arranged.look("SELECT session_server FROM workspace_agents WHERE id = '%s'", dev.agent());
        var relay = other.url.resolve("/api/v2/replicas/" + replica + "/relay");
        for (String proof : new String[] {"", "x", "!", "A".repeat(75), "A".repeat(5000)}) {
            assertThatThrownBy(() -> FakeAgent.dialer().open(relay, Map.of("Cloister-Relay-Proof", proof)))
                    .isInstanceOfSatisfying(
                            WebSocketRefusedException.class,
                            e -> assertThat(e.status()).isEqualTo(401));
        }
        assertThatThrownBy(() -> FakeAgent.dialer().open(relay, Map.of("Coder-Session-Token", arranged.api.owner())))
                .isInstanceOfSatisfying(
                        WebSocketRefusedException.class,
                        e -> assertThat(e.status()).isEqualTo(401));
    }
}
