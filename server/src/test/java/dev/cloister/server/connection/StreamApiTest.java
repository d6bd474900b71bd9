package dev.cloister.server.connection;

import static dev.cloister.server.testing.TestApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.agent.Channel;
import dev.cloister.contract.agent.ListeningPort;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.testing.TestApi;
import dev.cloister.tunnel.Transport;
import dev.cloister.tunnel.websocket.WebSocketRefusedException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StreamApiTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Arranged arranged;
    private static String alice;
    private static String outsider;
    private static Arranged.Dev dev;
    private static FakeAgent agent;

    private static final Map<String, Object> DENIED_SHELL =
            Map.of("resource_type", "workspace", "action", "ssh", "negate", true);

    @BeforeAll
    static void arrange() throws IOException {
        arranged = new Arranged(new LiveConnections.Limits(8, 6), false);
        alice = arranged.api.person("alice");
        outsider = arranged.api.outsider("olga");
        dev = arranged.workspace("alice", "dev");
        agent = FakeAgent.connect(arranged, dev);
        arranged.connected(dev);
    }

    @AfterAll
    static void stop() {
        agent.close();
        arranged.close();
        CLIENT.close();
    }

    private static Transport open(String path, String token) throws IOException {
        return open(path, Map.of("Coder-Session-Token", token));
    }

    private static Transport open(String path, Map<String, String> headers) throws IOException {
        return FakeAgent.dialer().open(arranged.api.url().resolve(path), headers);
    }

    private static int refusal(String path, Map<String, String> headers) throws IOException {
        try (var opened = open(path, headers)) {
            return 101;
        } catch (WebSocketRefusedException e) {
            return e.status();
        }
    }

    private static int refusal(String path, String token) throws IOException {
        return refusal(path, token.isEmpty() ? Map.of() : Map.of("Coder-Session-Token", token));
    }

    private static String echo(Transport transport, String text) throws IOException {
        transport.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
        return read(transport, text.getBytes(UTF_8).length);
    }

    private static String read(Transport transport, int length) throws IOException {
        var received = ByteBuffer.allocate(length);
        while (received.hasRemaining()) {
            var chunk = transport.read();
            assertThat(chunk).as("the stream goes on").isNotNull();
            received.put(chunk);
        }
        return new String(received.array(), UTF_8);
    }

    /** How long it takes until the connection is closed. */
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
    void bytesFlowBothWaysAndTheConnectionIsOnBothLogs() throws IOException {
        var transport = open(dev.path("/stream?channel=ssh"), alice);
        assertThat(echo(transport, "SSH-2.0-test")).isEqualTo("SSH-2.0-test");
        String ongoing = "/api/v2/connectionlog?q=status:ongoing%20type:ssh%20username:alice";
        assertThat(json(arranged.api.get(ongoing, arranged.api.owner()))
                        .get("count")
                        .asInt())
                .isEqualTo(1);

        transport.close();
        Polling.until(
                "the end is on the log",
                () -> json(arranged.api.get(ongoing, arranged.api.owner()))
                                .get("count")
                                .asInt()
                        == 0);
        var entry = json(arranged.api.get(
                        "/api/v2/connectionlog?q=type:ssh%20workspace_id:" + dev.workspace(), arranged.api.owner()))
                .get("connection_logs")
                .get(0);
        assertThat(entry.get("workspace_name").asString()).isEqualTo("dev");
        assertThat(entry.get("agent_name").asString()).isEqualTo("main");
        assertThat(entry.get("ip").asString()).isEqualTo("127.0.0.1");
        assertThat(entry.get("ssh_info").get("user").get("username").asString()).isEqualTo("alice");
        assertThat(entry.get("ssh_info").get("disconnect_reason").asString()).isEqualTo("closed by the user");
        assertThat(arranged.look(
                        "SELECT bytes_from_user || ' ' || bytes_to_user FROM connection_logs WHERE id = '%s'",
                        entry.get("id").asString()))
                .isEqualTo("12 12");
        String export = "/api/v2/connectionlog/export?q=workspace_id:" + dev.workspace() + "&format=";
        assertThat(arranged.api
                        .get(export + "ndjson", arranged.api.owner())
                        .body()
                        .lines())
                .anyMatch(line -> line.contains(entry.get("id").asString())
                        && line.contains("\"bytes_from_user\":12,\"bytes_to_user\":12"));
        assertThat(arranged.api.get(export + "csv", arranged.api.owner()).body())
                .startsWith("\"connect_time\",")
                .contains("\"closed by the user\",\"12\",\"12\",\"default\"\r\n");
        assertThat(json(arranged.api.get(export + "json", arranged.api.owner())).isArray())
                .isTrue();
        assertThat(arranged.api.get(export + "csv", alice).statusCode()).isEqualTo(403);
        String audit = arranged.api
                .get(
                        "/api/v2/audit?q=resource_type:workspace_agent%20username:alice%20resource_id:" + dev.agent(),
                        arranged.api.owner())
                .body();
        assertThat(audit)
                .contains("\"action\":\"connect\"")
                .contains("\"action\":\"disconnect\"")
                .contains(entry.get("id").asString());
    }

    @Test
    void theTicketSaysWhoAndWhatAndNothingMore() throws IOException {
        agent.tickets.clear();
        try (var transport = open(dev.path("/stream?channel=ssh"), alice)) {
            echo(transport, "x");
        }
        Ticket ticket = agent.tickets.getFirst();
        assertThat(ticket.getUsername()).isEqualTo("alice");
        assertThat(UuidBytes.read(ticket.getUserId())).hasToString(arranged.userId("alice"));
        assertThat(ticket.getSessionId()).isEqualTo(alice.substring(0, 10));
        assertThat(UuidBytes.read(ticket.getWorkspaceId())).isEqualTo(dev.workspace());
        assertThat(UuidBytes.read(ticket.getAgentId())).isEqualTo(dev.agent());
        assertThat(ticket.getChannelsList()).containsExactly(Channel.SSH);
        assertThat(ticket.getExpiresAtMs() - ticket.getIssuedAtMs()).isEqualTo(60_000);
    }

    @Test
    void aTicketForAPortNamesThatPortOnly() throws IOException {
        try (var server = new ServerSocket(0)) {
            agent.tickets.clear();
            Thread.ofVirtual().start(() -> {
                try (var socket = server.accept()) {
                    socket.getOutputStream().write("hello".getBytes(UTF_8));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            try (var transport = open(dev.path("/stream?channel=port&port=" + server.getLocalPort()), alice)) {
                assertThat(read(transport, 5)).isEqualTo("hello");
                assertThat(transport.read())
                        .as("the end of the workspace's side ends the WebSocket")
                        .isNull();
            }
            assertThat(agent.tickets.getFirst().getPortsList()).containsExactly(server.getLocalPort());
            assertThat(agent.tickets.getFirst().getChannelsList()).containsExactly(Channel.PORT);
        }
    }

    @Test
    void aRefusalOfTheAgentIsAnAnswerAndNotABrokenConnection() throws IOException {
        int closed;
        try (var server = new ServerSocket(0)) {
            closed = server.getLocalPort();
        }
        assertThat(refusal(dev.path("/stream?channel=port&port=" + closed), alice))
                .isEqualTo(502);
        var away = arranged.workspace("alice", "away");
        assertThat(refusal(away.path("/stream?channel=ssh"), alice)).isEqualTo(502);
        assertThat(arranged.connections.live().size()).isZero();
    }

    @Test
    void badParametersAreTold() throws IOException {
        for (String query : List.of(
                "/stream",
                "/stream?channel=root",
                "/stream?channel=port",
                "/stream?channel=port&port=0",
                "/stream?channel=port&port=65536",
                "/stream?channel=port&port=x",
                "/pty",
                "/pty?reconnect=1",
                "/pty?reconnect=" + UUID.randomUUID() + "&height=0",
                "/pty?reconnect=" + UUID.randomUUID() + "&command=" + "x".repeat(5000))) {
            assertThat(refusal(dev.path(query), alice)).as(query).isEqualTo(400);
        }
    }

    @Test
    void aTerminalTakesTextAndBinaryAndAnswersInBinary() throws Exception {
        UUID reconnect = UUID.randomUUID();
        agent.requests.clear();
        var received = new CompletableFuture<String>();
        var listener = new WebSocket.Listener() {
            private final StringBuilder all = new StringBuilder();

            @Override
            public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
                all.append(UTF_8.decode(data));
                if (all.indexOf("!") >= 0) {
                    received.complete(all.toString());
                }
                socket.request(1);
                return null;
            }
        };
        var socket = CLIENT.newWebSocketBuilder()
                .header("Coder-Session-Token", alice)
                .buildAsync(
                        arranged.api
                                .url()
                                .resolve("ws://127.0.0.1:" + arranged.api.url().getPort()
                                        + dev.path(
                                                "/pty?reconnect=" + reconnect + "&height=40&width=120&command=htop")),
                        listener)
                .get();
        socket.sendText("{\"data\":\"ä", true).get();
        socket.sendBinary(ByteBuffer.wrap("\"}!".getBytes(UTF_8)), true).get();

        assertThat(received.get(30, TimeUnit.SECONDS)).isEqualTo("{\"data\":\"ä\"}!");
        var terminal = agent.requests.getFirst().getTerminal();
        assertThat(UuidBytes.read(terminal.getReconnectId())).isEqualTo(reconnect);
        assertThat(terminal.getHeight()).isEqualTo(40);
        assertThat(terminal.getWidth()).isEqualTo(120);
        assertThat(terminal.getCommand()).isEqualTo("htop");
        socket.abort();
    }

    @Test
    void anOutsiderCannotTellAForeignAgentFromNoneByAnyRoute() throws IOException {
        var none = "/api/v2/workspaceagents/" + UUID.randomUUID();
        for (String route : List.of("/ssh-host-key", "/logs", "/watch-metadata", "/connection")) {
            var foreign = arranged.api.get(dev.path(route), outsider);
            assertThat(foreign.statusCode()).as(route).isEqualTo(404);
            assertThat(foreign.body())
                    .isEqualTo(arranged.api.get(none + route, outsider).body());
        }
        for (String route : List.of(
                "/stream?channel=ssh",
                "/stream?channel=port&port=8080",
                "/pty?reconnect=" + UUID.randomUUID(),
                "/logs?follow=true",
                "/watch-metadata-ws",
                "/coordinate?version=2.0")) {
            assertThat(refusal(dev.path(route), outsider)).as(route).isEqualTo(404);
            assertThat(refusal(none + route, outsider)).as(route).isEqualTo(404);
            assertThat(refusal(dev.path(route), "")).as(route).isEqualTo(401);
        }
    }

    @Test
    void anotherMemberOfTheOrganizationCannotReachAForeignWorkspaceEither() throws IOException {
        String bob = arranged.api.person("bob");
        arranged.workspace("bob", "own");

        assertThat(refusal(dev.path("/stream?channel=ssh"), bob)).isEqualTo(404);
        assertThat(arranged.api.get(dev.path("/ssh-host-key"), bob).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aPageOfAnotherOriginCannotOpenAWebSocket() throws IOException {
        var cookie = "coder_session_token=" + alice;
        var foreign = Map.of("Cookie", cookie, "Origin", "https://evil.example");
        var absent = Map.of("Cookie", cookie);
        var own = Map.of("Cookie", cookie, "Origin", arranged.api.url().toString());

        assertThat(refusal(dev.path("/stream?channel=ssh"), foreign)).isEqualTo(403);
        assertThat(refusal(dev.path("/stream?channel=ssh"), absent)).isEqualTo(403);
        assertThat(refusal(dev.path("/stream?channel=ssh"), own)).isEqualTo(101);
    }

    @Test
    void endingTheSessionClosesItsConnectionsWithinASecond() throws IOException {
        String session = arranged.api.login("alice@example.com");
        try (var ended = open(dev.path("/stream?channel=ssh"), session);
                var other = open(dev.path("/stream?channel=ssh"), alice)) {
            echo(ended, "a");
            echo(other, "b");
            arranged.api.send("POST", "/api/v2/users/logout", session, null);

            assertThat(untilClosed(ended)).isLessThan(SECOND);
            assertThat(echo(other, "still here")).isEqualTo("still here");
        }
        Polling.until(
                "the reason is on the log",
                () -> arranged.look(
                                "SELECT string_agg(disconnect_reason, ',') FROM connection_logs WHERE workspace_id = '%s'",
                                dev.workspace())
                        .contains("the session has ended"));
    }

    @Test
    void suspendingThePersonClosesTheirConnectionsWithinASecond() throws IOException {
        String carol = arranged.api.person("carol");
        var place = arranged.workspace("carol", "carols");
        try (var carols = FakeAgent.connect(arranged, place)) {
            arranged.connected(place);
            try (var transport = open(place.path("/stream?channel=ssh"), carol);
                    var logs = open(place.path("/stream?channel=ssh"), carol)) {
                echo(transport, "a");
                echo(logs, "a");
                var suspended = arranged.api.send(
                        "PUT",
                        "/api/v2/users/" + arranged.userId("carol") + "/status/suspend",
                        arranged.api.owner(),
                        null);
                assertThat(suspended.statusCode()).isEqualTo(200);

                assertThat(untilClosed(transport)).isLessThan(SECOND);
                assertThat(untilClosed(logs)).isLessThan(SECOND);
            }
        }
    }

    @Test
    void leavingTheGroupThatAWorkspaceIsSharedWithClosesTheGuestsConnectionsWithinASecond() throws IOException {
        String guest = arranged.api.person("greta");
        String groups = "/api/v2/organizations/" + arranged.api.organization() + "/groups";
        String group = TestApi.json(arranged.api.send("POST", groups, arranged.api.owner(), Map.of("name", "guests")))
                .get("id")
                .asString();
        String one = "/api/v2/groups/" + group;
        var people = List.of(arranged.userId("greta"));
        arranged.api.send("PATCH", one, arranged.api.owner(), Map.of("add_users", people));
        var shared = arranged.api.send(
                "PATCH",
                "/api/v2/workspaces/" + dev.workspace() + "/acl",
                alice,
                Map.of("group_roles", Map.of(group, "use")));
        assertThat(shared.statusCode()).as(shared.body()).isEqualTo(204);
        try (var guests = open(dev.path("/stream?channel=ssh"), guest)) {
            echo(guests, "a");
            arranged.api.send("PATCH", one, arranged.api.owner(), Map.of("remove_users", people));

            assertThat(untilClosed(guests)).isLessThan(SECOND);
        }
    }

    @Test
    void aRoleThatDeniesClosesItsHoldersConnectionsWithinASecond() throws IOException {
        String holder = arranged.api.person("denise");
        String members = "/api/v2/organizations/" + arranged.api.organization() + "/members";
        var place = arranged.workspace("denise", "denises");
        try (var itsAgent = FakeAgent.connect(arranged, place)) {
            arranged.connected(place);
            try (var transport = open(place.path("/stream?channel=ssh"), holder)) {
                echo(transport, "a");
                var role = Map.of("name", "no-shell", "organization_permissions", List.of(DENIED_SHELL));
                arranged.api.send("POST", members + "/roles", arranged.api.owner(), role);
                var given = arranged.api.send(
                        "PUT", members + "/denise/roles", arranged.api.owner(), Map.of("roles", List.of("no-shell")));
                assertThat(given.statusCode()).as(given.body()).isEqualTo(200);

                assertThat(untilClosed(transport)).isLessThan(SECOND);
            }
        }
    }

    @Test
    void takingAShareBackClosesTheGuestsConnectionsWithinASecond() throws IOException {
        String guest = arranged.api.person("gerd");
        String acl = "/api/v2/workspaces/" + dev.workspace() + "/acl";
        assertThat(refusal(dev.path("/stream?channel=ssh"), guest)).isEqualTo(404);
        var shared =
                arranged.api.send("PATCH", acl, alice, Map.of("user_roles", Map.of(arranged.userId("gerd"), "use")));
        assertThat(shared.statusCode()).as(shared.body()).isEqualTo(204);
        try (var guests = open(dev.path("/stream?channel=ssh"), guest);
                var owners = open(dev.path("/stream?channel=ssh"), alice)) {
            echo(guests, "a");
            echo(owners, "b");
            arranged.api.send("PATCH", acl, alice, Map.of("user_roles", Map.of(arranged.userId("gerd"), "")));

            assertThat(untilClosed(guests)).isLessThan(SECOND);
            assertThat(echo(owners, "still here")).isEqualTo("still here");
        }
        assertThat(refusal(dev.path("/stream?channel=ssh"), guest)).isEqualTo(404);
    }

    @Test
    void theAgentTellsWhichPortsListenExceptThoseOfApps() throws IOException {
        var place = arranged.workspace("alice", "listens");
        arranged.app(place, "web", "http://localhost:8080", "owner");
        String path = place.path("/listening-ports");
        assertThat(arranged.api.get(path, alice).statusCode()).isEqualTo(400);
        try (var agent = FakeAgent.connect(arranged, place)) {
            for (int port : new int[] {7, 8080, 3000, 70_000}) {
                agent.listening.addPorts(
                        ListeningPort.newBuilder().setPort(port).setProcessName("node\n"));
            }
            arranged.connected(place);
            var answer = arranged.api.get(path, alice);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo("{\"ports\":[{\"process_name\":\"node\",\"network\":\"tcp\",\"port\":3000}]}");
            assertThat(arranged.api.get(path, outsider).body())
                    .isEqualTo(arranged.api
                            .get("/api/v2/workspaceagents/" + UUID.randomUUID() + "/listening-ports", outsider)
                            .body());
        }
    }

    @Test
    void whatIsPlannedIsSaidToBeSoOnlyToWhoMaySeeTheAgent() {
        for (String rest : List.of("/containers", "/containers/watch", "/connection")) {
            assertThat(arranged.api.get(dev.path(rest), alice).statusCode()).isEqualTo(501);
            assertThat(arranged.api.get(dev.path(rest), outsider).statusCode()).isEqualTo(404);
        }
        assertThat(arranged.api
                        .send("POST", "/api/v2/workspaceagents/aws-instance-identity", "", Map.of())
                        .statusCode())
                .isEqualTo(501);
    }

    @Test
    void stoppingTheWorkspaceClosesItsConnectionsWithinASecond() throws IOException {
        var place = arranged.workspace("alice", "stops");
        try (var agent = FakeAgent.connect(arranged, place)) {
            arranged.connected(place);
            try (var transport = open(place.path("/stream?channel=ssh"), alice)) {
                echo(transport, "a");
                arranged.build(place.workspace(), 2, "stop", false);
                arranged.announce(Topics.WORKSPACE_ENDING, place.workspace());

                assertThat(untilClosed(transport)).isLessThan(SECOND);
            }
            assertThat(agent.mux.isClosed())
                    .as("the agent may still run its shutdown scripts")
                    .isFalse();
            assertThat(refusal(place.path("/stream?channel=ssh"), alice)).isEqualTo(409);
        }
    }

    @Test
    void aConnectionsLogSurvivesTheAgentsDeath() throws IOException {
        var place = arranged.workspace("alice", "dies");
        var dying = FakeAgent.connect(arranged, place);
        arranged.connected(place);
        try (var transport = open(place.path("/stream?channel=ssh"), alice)) {
            echo(transport, "a");
            dying.close();
            assertThat(untilClosed(transport)).isLessThan(Duration.ofSeconds(3));
        }
        Polling.until(
                "the end is on the log",
                () -> arranged.look(
                                "SELECT disconnect_reason FROM connection_logs WHERE workspace_id = '%s'",
                                place.workspace())
                        .contains("workspace"));
    }

    @Test
    void nobodyHoldsMoreConnectionsThanTheLimit() throws IOException {
        var place = arranged.workspace("alice", "limit");
        try (var limited = FakeAgent.connect(arranged, place)) {
            arranged.connected(place);
            var open = new java.util.ArrayList<Transport>();
            for (int i = 0; i < 6; i++) {
                var transport = open(place.path("/stream?channel=ssh"), alice);
                echo(transport, "a");
                open.add(transport);
            }
            assertThat(refusal(place.path("/stream?channel=ssh"), alice)).isEqualTo(429);
            open.forEach(Transport::close);
            Polling.until("the room is free again", () -> refusal(place.path("/stream?channel=ssh"), alice) == 101);
        }
    }

    @Test
    void aRequestThatNeverBecomesAWebSocketHoldsNothing() {
        assertThat(arranged.api.get(dev.path("/stream?channel=ssh"), alice).statusCode())
                .isEqualTo(400);

        Polling.until(
                "nothing is held",
                Duration.ofSeconds(25),
                () -> arranged.connections.live().size() == 0);
    }

    @Test
    void rowsThatADeadServerLeftOpenAreClosedWithTheReason() {
        arranged.sql(
                "INSERT INTO connection_logs (id, organization_id, workspace_id, workspace_owner_id, workspace_name, "
                        + "agent_name, type, address, user_agent, connected_at, server_id) SELECT '%s', organization_id, id, "
                        + "owner_id, name, 'main', 'ssh', '', '', now(), '%s' FROM workspaces WHERE id = '%s'",
                UUID.randomUUID(), UUID.randomUUID(), dev.workspace());
        arranged.connections.journal().closeOrphans();

        assertThat(arranged.look("SELECT count(*) FROM connection_logs WHERE disconnect_reason = 'the server ended'"))
                .isEqualTo("1");
        assertThat(arranged.look("SELECT count(*) FROM connection_logs WHERE disconnect_reason = 'the server ended' "
                        + "AND disconnected_at IS NULL"))
                .isEqualTo("0");
    }

    @Test
    void onlyAuditorsReadTheConnectionLog() {
        assertThat(arranged.api.get("/api/v2/connectionlog", alice).statusCode())
                .isEqualTo(403);
        assertThat(arranged.api
                        .get("/api/v2/connectionlog?q=nonsense:1", arranged.api.owner())
                        .statusCode())
                .isEqualTo(400);
        assertThat(arranged.api
                        .get("/api/v2/connectionlog?q=status:maybe", arranged.api.owner())
                        .statusCode())
                .isEqualTo(400);
        assertThat(arranged.api
                        .get("/api/v2/connectionlog?q=workspace_id:1", arranged.api.owner())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatAClientNeedsToKnowIsTold() {
        var key = json(arranged.api.get(dev.path("/ssh-host-key"), alice));
        var ssh = json(arranged.api.get("/api/v2/deployment/ssh", alice));

        assertThat(key.get("ssh_host_key").asString()).isEqualTo("ecdsa-sha2-nistp256 AAAA");
        assertThat(ssh.get("hostname_suffix").asString()).isEqualTo("cloister");
        assertThat(ssh.get("ssh_config_options")).isEmpty();
        assertThat(arranged.api.get(dev.path("/connection"), alice).statusCode())
                .isEqualTo(501);
    }

    @Test
    void aGigabyteGoesThroughQuickly() throws Exception {
        long bytes = 512L << 20;
        byte[] block = new byte[64 * 1024];
        try (var transport = open(dev.path("/stream?channel=ssh"), alice)) {
            long start = System.nanoTime();
            var writer = Thread.ofVirtual().start(() -> {
                try {
                    for (long sent = 0; sent < bytes; sent += block.length) {
                        transport.write(ByteBuffer.wrap(block));
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            long received = 0;
            while (received < bytes) {
                received += transport.read().remaining();
            }
            writer.join();
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "echoed %d MiB through server and agent: %.0f MB/s each way%n", bytes >> 20, bytes / 1e6 / seconds);
            assertThat(received).isEqualTo(bytes);
        }
    }
}
