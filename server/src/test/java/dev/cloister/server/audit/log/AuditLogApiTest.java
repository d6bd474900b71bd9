package dev.cloister.server.audit.log;

import static dev.cloister.server.audit.log.LogWorld.LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.contract.proof.MalformedProofException;
import dev.cloister.contract.proof.Tile;
import dev.cloister.contract.proof.TiledTree;
import dev.cloister.contract.proof.check.ProofCheck;
import dev.cloister.contract.proof.check.Verdict;
import dev.cloister.server.testing.TestApi;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditLogApiTest {
    private final LogWorld world = new LogWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private String newestEvent() {
        return TestApi.json(world.api.get("/api/v2/audit?limit=1&q=action:login", world.api.owner()))
                .get("audit_logs")
                .get(0)
                .get("id")
                .asString();
    }

    @Test
    void anEventIsProvenByItsFileAndTheKeyAlone() throws Exception {
        world.events(300);
        world.api.person("ann");
        String event = newestEvent();

        var answer = world.api.get(LOG + "/proof/" + event, world.api.owner());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var proven = ProofCheck.check(answer.body(), world.key());
        assertThat(proven.event()).contains(event).contains("\"login\"").contains("127.0.0.1");
        assertThat(proven.erased()).isZero();
        String other = answer.body().replaceFirst("index \\d+", "index 0");
        assertThatThrownBy(() -> ProofCheck.check(other, world.key())).isInstanceOf(MalformedProofException.class);
    }

    @Test
    void everyEventHasOnePlaceAndTheExportIsWhole() {
        world.events(600);

        assertThat(world.export().chars())
                .noneMatch(character -> character < ' ' && character != '\n'
                        || character >= 0x7f && character <= 0x9f
                        || character == 0x202e);
        assertThat(world.verify()).isInstanceOfSatisfying(Verdict.Whole.class, whole -> {
            assertThat(whole.entries()).isEqualTo(world.head().size()).isGreaterThan(600);
            assertThat(whole.erased()).isZero();
        });
        world.log.catchUp();
        assertThat(world.api.database.look("SELECT count(*) FROM audit_events"))
                .isEqualTo(Long.toString(world.head().size()));
        assertThat(world.api.database.look("SELECT count(*) FROM audit_queue")).isEqualTo("0");
    }

    @Test
    void theTilesOfTheSpecificationLeadToTheSignedRoot() throws Exception {
        world.events(520);
        var head = world.head();

        var root = new TiledTree(head.size(), tile -> bytes("/tile/" + tile.path())).root();

        assertThat(root).isEqualTo(head.root());
        assertThat(bytes("/tile/entries/" + Tile.of(0, 1, head.size()).indexPath()).length)
                .isGreaterThan(256 * 100);
        assertThat(world.api.get(LOG + "/tile/0/000.p/17", world.api.owner()).statusCode())
                .isEqualTo(200);
        for (String missing :
                List.of("0/009", "9/000", "0/0", "x/000", "entries/777", "entries/000.p/0", "0/000.p/999")) {
            assertThat(world.api
                            .get(LOG + "/tile/" + missing, world.api.owner())
                            .statusCode())
                    .as(missing)
                    .isEqualTo(404);
        }
    }

    private byte[] bytes(String path) throws IOException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(world.api.url().resolve(LOG + path))
                    .header("Coder-Session-Token", world.api.owner())
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void changesAtTheSameTimeAndTwoReplicasLeaveNoGap() throws Exception {
        try (var second = world.log(world.api.transactions)) {
            world.log.start();
            second.start();
            var threads = new ArrayList<Thread>();
            for (int thread = 0; thread < 6; thread++) {
                threads.add(Thread.ofVirtual().start(() -> world.events(60)));
            }
            for (var thread : threads) {
                thread.join();
            }
            second.catchUp();
        }
        assertThat(world.api.database.look("SELECT count(*) || ' ' || max(log_index) + 1 FROM audit_leaves"))
                .isEqualTo(world.head().size() + " " + world.head().size());
        assertThat(world.verify()).isInstanceOf(Verdict.Whole.class);
    }

    @Test
    void eventsGetTheirPlacesByThemselves() throws Exception {
        world.log.start();
        world.api.person("ann");
        long until = System.nanoTime() + 10_000_000_000L;
        while (!world.api.database.look("SELECT count(*) FROM audit_queue").equals("0") && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertThat(world.api.database.look(
                        "SELECT (SELECT count(*) FROM audit_events) = max(size) FROM audit_checkpoints"))
                .isEqualTo("t");
    }

    @Test
    void eventsFromBeforeTheTreeAreAdopted() {
        world.tamper(
                """
                INSERT INTO audit_events (id, time, actor_name, address, user_agent, resource_type, resource_target,
                    action, diff, status_code, additional_fields, request_id)
                SELECT gen_random_uuid(), now(), 'ann', '192.0.2.1', '', 'workspace', 'dev', 'create',
                    '{"b": 1.50, "a": {"old": "x", "secret": false}}', 201, '{}', gen_random_uuid()
                FROM generate_series(1, 3)""",
                "INSERT INTO audit_queue (sequence) SELECT sequence FROM audit_events" + " WHERE actor_name = 'ann'");

        world.log.catchUp();

        assertThat(world.api.database.look("SELECT count(*) FROM audit_queue")).isEqualTo("0");
        assertThat(world.verify()).isInstanceOf(Verdict.Whole.class);
        assertThat(world.export()).contains("{\\\"a\\\":{\\\"old\\\":\\\"x\\\",\\\"secret\\\":false},\\\"b\\\":1.5}");
    }

    @Test
    void whatIsErasedOfAPersonLeavesEveryProofValid() throws Exception {
        world.api.person("ann");
        String event = newestEvent();
        world.log.catchUp();
        world.api.database.execute(
                "UPDATE audit_events SET address = '', user_agent = '', actor_name = '' WHERE id = '" + event + "'");
        world.api.database.execute("UPDATE audit_leaves SET salts = decode(repeat('00', 96), 'hex') WHERE sequence ="
                + " (SELECT sequence FROM audit_events WHERE id = '" + event + "')");
        world.api.database.execute("UPDATE audit_events SET resource_target = '', diff = '{}', additional_fields = '{}'"
                + " WHERE id = '" + event + "'");

        var proof = world.api.get(LOG + "/proof/" + event, world.api.owner());

        assertThat(ProofCheck.check(proof.body(), world.key()).erased()).isPositive();
        assertThat(world.verify())
                .isInstanceOfSatisfying(
                        Verdict.Whole.class, whole -> assertThat(whole.erased()).isPositive());
        assertThat(proof.body()).doesNotContain("127.0.0.1");
    }

    @Test
    void eventsAndEntriesCannotBeRewrittenByTheServerItself() {
        world.events(1);
        for (String statement : List.of(
                "UPDATE audit_events SET actor_name = 'eve'",
                "UPDATE audit_events SET diff = '{\"a\": 1}'",
                "UPDATE audit_events SET status_code = 500",
                "UPDATE audit_leaves SET entry = 'x'",
                "UPDATE audit_leaves SET log_index = log_index + 1000",
                "DELETE FROM audit_leaves",
                "DELETE FROM audit_events",
                "TRUNCATE audit_leaves")) {
            assertThatThrownBy(() -> world.api.database.execute(statement))
                    .as(statement)
                    .hasRootCauseMessage(rootOf(statement));
        }
    }

    private static String rootOf(String statement) {
        return statement.startsWith("UPDATE")
                ? "ERROR: the audit log is append-only\n  Where: PL/pgSQL function " + functionOf(statement)
                : "ERROR: the audit log is append-only\n  Where: PL/pgSQL function refuse_rewriting() line 3 at RAISE";
    }

    private static String functionOf(String statement) {
        return statement.contains("audit_leaves")
                ? "refuse_other_entry() line 4 at RAISE"
                : "refuse_other_event() line 14 at RAISE";
    }

    @Test
    void whoMayNotReadTheLogGetsNothingOfIt() {
        world.events(1);
        String event = newestEvent();
        for (String token : List.of(world.api.person("ann"), world.api.outsider("eve"))) {
            for (String path : List.of(
                    "/checkpoint", "/key", "/tile/0/000.p/1", "/tile/entries/000.p/1", "/export", "/proof/" + event)) {
                assertThat(world.api.get(LOG + path, token).statusCode())
                        .as(path)
                        .isIn(403, 404);
            }
        }
    }

    @Test
    void anAuditorOfOneOrganizationProvesItsEventsAndSeesNoOther() {
        String token = world.api.person("ann");
        world.api.send(
                "PUT",
                "/api/v2/organizations/" + world.api.organization() + "/members/ann/roles",
                world.api.owner(),
                Map.of("roles", List.of("organization-auditor")));
        String own = TestApi.json(world.api.get("/api/v2/audit?limit=1", token))
                .get("audit_logs")
                .get(0)
                .get("id")
                .asString();
        String foreign = world.api.database.look("SELECT id FROM audit_events WHERE organization_id IS NULL LIMIT 1");

        assertThat(world.api.get(LOG + "/proof/" + own, token).statusCode()).isEqualTo(200);
        assertThat(world.api.get(LOG + "/proof/" + foreign, token).statusCode()).isEqualTo(404);
        assertThat(world.api.get(LOG + "/proof/" + UUID.randomUUID(), token).body())
                .isEqualTo(world.api.get(LOG + "/proof/" + foreign, token).body());
        assertThat(world.api.get(LOG + "/tile/0/000.p/1", token).statusCode()).isEqualTo(200);
        assertThat(world.api.get(LOG + "/tile/entries/000.p/1", token).statusCode())
                .isEqualTo(403);
        assertThat(world.api.get(LOG + "/export", token).statusCode()).isEqualTo(403);
    }

    @Test
    void wrongQuestionsAreAnsweredAsSuch() {
        for (String path : List.of("/proof/x", "/export?from=1", "/export?from=-256", "/export?from=999936")) {
            assertThat(world.api.get(LOG + path, world.api.owner()).statusCode())
                    .as(path)
                    .isEqualTo(400);
        }
    }

    @Test
    void whatCannotBeLoggedDoesNotHappen() {
        world.api.database.execute(
                "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
                        + " 'no'; END $$");
        world.api.database.execute(
                "CREATE TRIGGER broken BEFORE INSERT ON audit_queue FOR EACH ROW EXECUTE FUNCTION broken()");

        var answer = world.api.send(
                "POST",
                "/api/v2/users",
                world.api.owner(),
                Map.of(
                        "username",
                        "ann",
                        "email",
                        "ann@example.com",
                        "password",
                        TestApi.PASSWORD,
                        "organization_ids",
                        List.of(world.api.organization())));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("nothing was changed").doesNotContain("broken");
        assertThat(world.api.database.look("SELECT count(*) FROM users WHERE username = 'ann'"))
                .isEqualTo("0");
    }
}
