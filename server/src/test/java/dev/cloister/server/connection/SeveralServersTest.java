package dev.cloister.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.contract.Secret;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.connection.agent.AppHosts;
import dev.cloister.server.connection.agent.ReplicaKeeper;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.workspace.WorkspaceAgentId;
import dev.cloister.server.workspace.WorkspaceId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two server processes on one database; the second one is in this process too, but shares nothing with the first. */
class SeveralServersTest {
    private static Arranged arranged;
    private static Events events;
    private static Connections second;

    @BeforeAll
    static void arrange() {
        arranged = new Arranged();
        var database = arranged.api.database;
        events = new Events(database.url(), database.username(), database.password());
        second = server(Clock.systemUTC());
        second.start();
    }

    private static Connections server(Clock clock) {
        return new Connections(
                arranged.api.transactions,
                arranged.api.authorizer,
                events,
                new Pushes(events),
                (id, origin) -> arranged.api.identity.sessions().again(id, origin),
                arranged.api.cipher,
                arranged.api.personal.secrets()::ofOwner,
                List.of(),
                new Connections.Settings(
                        AppHosts.none(Arranged.ACCESS_URL),
                        "cloister",
                        LiveConnections.Limits.DEFAULT,
                        Duration.ofMillis(50),
                        null),
                clock);
    }

    @AfterAll
    static void stop() {
        second.close();
        events.close();
        arranged.close();
    }

    private static Caller.User caller(String session) {
        return arranged.api
                .identity
                .sessions()
                .authenticate(Secret.of(session), Origin.internal())
                .orElseThrow();
    }

    @Test
    void allServersSignWithOneKey() {
        assertThat(second.ticketKeys().verificationKeys())
                .isEqualTo(arranged.connections.ticketKeys().verificationKeys());
    }

    @Test
    void aServerSaysThatTheAgentIsConnectedToAnother() throws IOException {
        String alice = arranged.api.person("alice");
        var dev = arranged.workspace("alice", "elsewhere");
        try (var agent = FakeAgent.connect(arranged, dev)) {
            arranged.connected(dev);
            var target = second.opener().find(caller(alice), Action.SSH, new WorkspaceAgentId(dev.agent()));

            assertThatThrownBy(() -> second.opener().open(caller(alice), target, new Wanted.Ssh()))
                    .isInstanceOfSatisfying(
                            Failure.Unavailable.class,
                            e -> assertThat(e.status()).isEqualTo(503))
                    .hasMessageContaining("another server process");
        }
    }

    @Test
    void aStreamWaitsForAnAgentThatHasLostItsServerProcess() throws Exception {
        String carla = arranged.api.person("carla");
        var dev = arranged.workspace("carla", "returning");
        try (var before = FakeAgent.connect(arranged, dev)) {
            arranged.connected(dev);
        }
        Polling.until(
                "the agent has left",
                () -> !arranged.look("SELECT disconnected_at FROM workspace_agents WHERE id = '%s'", dev.agent())
                        .isEmpty());
        // As a process leaves it that is killed: the agent counts as connected to it.
        arranged.sql(
                "UPDATE workspace_agents SET disconnected_at = NULL, session_server = '%s' WHERE id = '%s'",
                UUID.randomUUID(), dev.agent());
        var opener = arranged.connections.opener();
        var target = opener.find(caller(carla), Action.SSH, new WorkspaceAgentId(dev.agent()));
        var stream = CompletableFuture.supplyAsync(
                () -> opener.open(caller(carla), target, new Wanted.Ssh()),
                task -> Thread.ofVirtual().start(task));
        assertThat(stream).isNotDone();

        try (var after = FakeAgent.connect(arranged, dev)) {
            var open = stream.get(5, TimeUnit.SECONDS);
            open.output().write('x');
            open.output().flush();
            assertThat(open.input().read()).isEqualTo('x');
            open.close();
        }
    }

    @Test
    void theEndOfASessionIsHeardByEveryServer() throws Exception {
        arranged.api.person("bella");
        String session = arranged.api.login("bella@example.com");
        var dev = arranged.workspace("bella", "heard");
        var caller = caller(session);
        var cut = new CompletableFuture<String>();
        var connection = second.live()
                .admit(
                        new LiveConnection.Holder(
                                caller.credentialId(), caller.subject().id()),
                        new WorkspaceId(dev.workspace()),
                        () -> second.opener().objection(caller, Action.SSH, new WorkspaceAgentId(dev.agent())));
        connection.onCut(cut::complete);
        assertThat(connection.objection()).isEmpty();

        arranged.api.send("POST", "/api/v2/users/logout", session, null);

        assertThat(cut.get(10, TimeUnit.SECONDS)).isEqualTo("the session has ended");
        connection.ended();
    }

    @Test
    void aRightThatCannotBeConfirmedIsNone() throws Exception {
        var cut = new CompletableFuture<String>();
        UUID user = UUID.randomUUID();
        var connection = second.live()
                .admit(new LiveConnection.Holder("abcdefghij", user), new WorkspaceId(UUID.randomUUID()), () -> {
                    throw new Failure.Unavailable("the database is away");
                });
        connection.onCut(cut::complete);

        arranged.announce("user-changed", user);

        assertThat(cut.get(10, TimeUnit.SECONDS)).contains("could not be confirmed");
        connection.ended();
    }

    @Test
    void whatADeadServerHeldIsFoundByTheOthers() {
        var dev = arranged.workspace("admin", "orphan");
        UUID dead = UUID.randomUUID();
        arranged.sql("INSERT INTO server_processes (id, started_at, seen_at) VALUES ('%s', now(), now())", dead);
        arranged.sql(
                "UPDATE workspace_agents SET session_id = '%s', session_server = '%s', first_connected_at = now(), "
                        + "last_connected_at = now() WHERE id = '%s'",
                UUID.randomUUID(), dead, dev.agent());
        String disconnected =
                "SELECT disconnected_at IS NOT NULL FROM workspace_agents WHERE id = '" + dev.agent() + "'";

        var alive = server(Clock.systemUTC());
        alive.start();
        assertThat(arranged.look(disconnected)).as("it may still live").isEqualTo("f");
        var later = server(ahead(ReplicaKeeper.PATIENCE.plusSeconds(5)));
        later.start();
        assertThat(arranged.look(disconnected)).isEqualTo("t");
        later.close();
        alive.close();
    }

    private static Clock ahead(Duration by) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneId.of("UTC");
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.now().plus(by);
            }
        };
    }

    @Test
    void nobodysConnectionsAreCountedAgainstThemAfterTheirEnd() {
        var holder = new LiveConnection.Holder("credential", UUID.randomUUID());
        var workspace = new WorkspaceId(UUID.randomUUID());
        try (var few = new LiveConnections(events, new LiveConnections.Limits(2, 3))) {
            var first = few.admit(holder, workspace, Optional::empty);
            var last = few.admit(holder, workspace, Optional::empty);
            assertThatThrownBy(() -> few.admit(holder, workspace, Optional::empty))
                    .isInstanceOf(Failure.TooMany.class);
            first.ended();
            first.ended();
            var again = few.admit(holder, workspace, Optional::empty);
            assertThatThrownBy(() -> few.admit(holder, workspace, Optional::empty))
                    .isInstanceOf(Failure.TooMany.class);
            var other = new LiveConnection.Holder("other", UUID.randomUUID());
            var guest = few.admit(other, workspace, Optional::empty);
            assertThatThrownBy(() -> few.admit(other, workspace, Optional::empty))
                    .isInstanceOf(Failure.TooMany.class);
            java.util.List.of(last, again, guest).forEach(LiveConnection::ended);
            assertThat(few.size()).isZero();
        }
    }
}
