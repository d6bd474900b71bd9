package dev.cloister.server.audit.log;

import static dev.cloister.server.audit.log.LogWorld.LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.contract.proof.check.Verdict;
import dev.cloister.server.testing.TestApi;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whether the log can be proven, told in plain words. */
class LogStatusTest {
    private final LogWorld world = new LogWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private JsonNode status() {
        return TestApi.json(world.api.get(LOG + "/status", world.api.owner()));
    }

    @Test
    void aHealthyLogSaysSoAndThatNobodyWitnessesIt() {
        world.events(5);
        var status = status();
        assertThat(status.get("severity").asString()).isEqualTo("warning");
        assertThat(status.get("sentence").asString()).contains("the witness witness.example has never cosigned it");
        assertThat(status.get("entries").asLong()).isEqualTo(world.head().size());
        assertThat(status.get("waiting").asLong()).isZero();
        assertThat(status.get("checkpoint_age_seconds").asLong()).isLessThan(60);

        String line = world.witness.cosign(world.note().text(), Instant.now()).line() + "\n";
        world.api.send("POST", LOG + "/cosignatures?size=" + world.head().size(), world.api.owner(), line);
        status = status();
        assertThat(status.get("severity").asString()).isEqualTo("ok");
        assertThat(status.get("sentence").asString()).contains("1 witnessed it");
        assertThat(status.at("/witnesses/0/entries").asLong())
                .isEqualTo(world.head().size());
        assertThat(status.at("/witnesses/0/name").asString()).isEqualTo("witness.example");
    }

    @Test
    void aTreeThatIsNotTheSignedOneIsAnErrorWithItsReason() {
        world.events(300);
        world.tamper("DELETE FROM audit_leaves WHERE log_index > 290");
        world.api.person("ann");
        assertThatThrownBy(world.log::catchUp).isInstanceOf(IllegalStateException.class);

        var status = status();
        assertThat(status.get("severity").asString()).isEqualTo("error");
        assertThat(status.get("problem").asString()).contains("is not the one that was signed");
        assertThat(status.get("sentence").asString()).contains("Nothing is added to the signed log");
        assertThat(status.get("waiting").asLong()).isPositive();
    }

    @Test
    void eventsThatWaitTooLongAreAWarning() {
        world.events(1);
        world.tamper("UPDATE audit_events SET time = time - interval '5 minutes'");
        world.api.person("ann");
        world.tamper("UPDATE audit_events SET time = time - interval '5 minutes'");
        var status = status();
        assertThat(status.get("severity").asString()).isEqualTo("warning");
        assertThat(status.get("sentence").asString()).contains("have waited for their places");
    }

    @Test
    void whoMayNotReadTheLogIsNotToldOfIt() {
        assertThat(world.api.get(LOG + "/status", world.api.person("ann")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void eventsThatAnOlderReplicaStoresDuringAnUpgradeGetTheirPlaces() {
        world.events(3);
        world.api.database.execute("INSERT INTO audit_events (id, time, actor_name, address, user_agent, resource_type,"
                + " resource_target, action, diff, status_code, additional_fields, request_id)"
                + " SELECT gen_random_uuid(), now(), 'ann', '192.0.2.1', 'old', 'workspace', 'dev', 'create', '{}', 201,"
                + " '{}', gen_random_uuid() FROM generate_series(1, 3)");

        world.log.catchUp();

        assertThat(world.verify()).isInstanceOf(Verdict.Whole.class);
        assertThat(world.api.database.look("SELECT count(*) FROM audit_leaves JOIN audit_events USING (sequence) WHERE"
                        + " user_agent = 'old'"))
                .isEqualTo("3");
        world.log.catchUp();
        assertThat(world.verify()).isInstanceOf(Verdict.Whole.class);
    }

    @Test
    void theIdOfAPersonIsPlainInTheDifference() {
        world.api.person("ann");
        var login = TestApi.json(world.api.get("/api/v2/audit?limit=1&q=action:login", world.api.owner()))
                .at("/audit_logs/0/diff/user_id/new");
        assertThat(login.isString()).as(login.toString()).isTrue();
    }
}
