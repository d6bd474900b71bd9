package dev.cloister.server.audit.log;

import static dev.cloister.server.audit.log.LogWorld.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.proof.check.ProofCheck;
import dev.cloister.contract.proof.check.Verdict;
import dev.cloister.server.testing.TestApi;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log says of a person goes, and every proof stays. */
class ErasureTest {
    private final LogWorld world = new LogWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private int erase(String token, Object user) {
        return world.api
                .send("POST", LOG + "/erasures", token, Map.of("user_id", user, "reason", "asked for it"))
                .statusCode();
    }

    @Test
    void whatIsSaidOfAPersonIsGoneAndTheLogIsWholeAndProven() throws Exception {
        world.api.person("annabella");
        String id = world.api.database.look("SELECT id FROM users WHERE username = 'annabella'");
        world.log.catchUp();
        String login = world.api.database.look(
                "SELECT id FROM audit_events WHERE action = 'login' AND actor_id = '" + id + "'");
        world.api.send("DELETE", "/api/v2/users/" + id, world.api.owner(), null);
        var before = world.head();

        assertThat(erase(world.api.owner(), id)).isEqualTo(200);

        world.log.catchUp();
        assertThat(world.api.database.look("SELECT count(*) FROM audit_events WHERE resource_target LIKE '%annabella%'"
                        + " OR actor_name LIKE '%annabella%' OR diff::text LIKE '%annabella%@%'"))
                .isEqualTo("0");
        assertThat(world.api.database.look("SELECT count(*) FROM audit_leaves l JOIN audit_events e USING (sequence)"
                        + " WHERE e.actor_id = '" + id + "' AND substr(l.salts, 1, 48) <> decode(repeat('00', 48),"
                        + " 'hex')"))
                .isEqualTo("0");
        assertThat(world.verify(before))
                .isInstanceOfSatisfying(
                        Verdict.Whole.class, whole -> assertThat(whole.erased()).isGreaterThanOrEqualTo(4));
        var proof = world.api.get(LOG + "/proof/" + login, world.api.owner()).body();
        assertThat(ProofCheck.check(proof, world.key()).erased()).isPositive();
        var told = TestApi.json(world.api.get(
                        "/api/v2/audit?limit=1&q=resource_type:audit_log%20action:delete", world.api.owner()))
                .at("/audit_logs/0");
        assertThat(told.get("resource_id").asString()).isEqualTo(id);
        assertThat(told.get("additional_fields").toString()).contains("asked for it");
        assertThat(erase(world.api.owner(), id)).isEqualTo(200);
        assertThat(world.verify(before)).isInstanceOf(Verdict.Whole.class);
    }

    @Test
    void onlyOwnersEraseAndOnlyOfAccountsThatAreGone() {
        String ann = world.api.person("ann");
        String id = world.api.database.look("SELECT id FROM users WHERE username = 'ann'");
        assertThat(erase(ann, id)).isEqualTo(403);
        assertThat(erase(world.api.outsider("eve"), id)).isEqualTo(403);
        assertThat(erase(world.api.owner(), id)).isEqualTo(400);
        assertThat(erase(world.api.owner(), UUID.randomUUID())).isEqualTo(400);
        assertThat(erase(world.api.owner(), "x")).isEqualTo(400);
        assertThat(world.api
                        .send(
                                "POST",
                                LOG + "/erasures",
                                world.api.owner(),
                                Map.of("user_id", id, "reason", "x".repeat(401)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.verify())
                .isInstanceOfSatisfying(
                        Verdict.Whole.class, whole -> assertThat(whole.erased()).isZero());
    }
}
