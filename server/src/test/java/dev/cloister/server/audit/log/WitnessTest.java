package dev.cloister.server.audit.log;

import static dev.cloister.server.audit.log.LogWorld.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.SigningPairs;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.contract.client.SessionToken;
import dev.cloister.contract.proof.Checkpoint;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.NoteSigner;
import dev.cloister.contract.proof.ProofFile;
import dev.cloister.contract.proof.SignedNote;
import dev.cloister.contract.proof.Witness;
import dev.cloister.server.testing.TestApi;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A witness of a real server, and what a lying operator can show it. */
class WitnessTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final LogWorld world = new LogWorld();
    private final Witness witness = new Witness(world.key(), world.witness);
    private ApiClient client;

    @BeforeEach
    void connect() {
        client = new ApiClient(world.api.url(), Optional.of(new SessionToken(world.api.owner())));
        world.events(300);
    }

    @AfterEach
    void close() {
        client.close();
        world.close();
    }

    private Witness.Verdict look(Checkpoint last, SignedNote note) throws Exception {
        return witness.look(Optional.ofNullable(last), note, client.auditLog().tiles(), NOW);
    }

    private static void isRefused(Witness.Verdict verdict, Witness.Refusal why) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Witness.Refused.class, no -> assertThat(no.why()).isEqualTo(why));
    }

    @Test
    void aWitnessFollowsTheLogAndItsCosignaturesAreInTheProofs() throws Exception {
        var first = world.head();
        world.events(400);
        var verdict = look(first, client.auditLog().checkpoint());

        assertThat(verdict).isInstanceOf(Witness.Cosigned.class);
        var cosigned = (Witness.Cosigned) verdict;
        client.auditLog().cosign(cosigned.head().size(), cosigned.signature());
        client.auditLog().cosign(cosigned.head().size(), cosigned.signature());

        var note = SignedNote.parse(
                world.api.get(LOG + "/checkpoint/witnessed", world.api.owner()).body());
        assertThat(note.isSignedBy(world.witness.key())).isTrue();
        assertThat(note.isSignedBy(world.key())).isTrue();
        String event = world.api.database.look(
                "SELECT id FROM audit_events WHERE sequence = (SELECT sequence FROM audit_leaves WHERE log_index = 5)");
        var proof = ProofFile.parse(
                world.api.get(LOG + "/proof/" + event, world.api.owner()).body());
        assertThat(proof.checkpoint().isSignedBy(world.witness.key())).isTrue();
    }

    @Test
    void cosignaturesOfStrangersOfOtherHeadsAndGarbageAreNotTaken() throws Exception {
        var head = world.head();
        String own = world.witness.cosign(world.note().text(), NOW).line() + "\n";
        String stranger = NoteSigner.of("witness.example", NoteKey.Use.COSIGNATURE, SigningPairs.generate())
                        .cosign(world.note().text(), NOW)
                        .line()
                + "\n";
        String future = world.witness
                        .cosign(world.note().text(), Instant.now().plusSeconds(90_000))
                        .line() + "\n";
        world.events(1);

        assertThat(post(head.size(), stranger)).isEqualTo(400);
        assertThat(post(head.size(), future)).isEqualTo(400);
        assertThat(post(head.size(), "garbage")).isEqualTo(400);
        assertThat(post(head.size(), "")).isEqualTo(400);
        assertThat(post(world.head().size(), own)).isEqualTo(400);
        assertThat(post(123_456, own)).isEqualTo(404);
        assertThat(world.api
                        .send("POST", LOG + "/cosignatures", world.api.owner(), own)
                        .statusCode())
                .isEqualTo(400);
        assertThat(world.api
                        .send("POST", LOG + "/cosignatures?size=1", world.api.person("ann"), own)
                        .statusCode())
                .isEqualTo(403);
        assertThat(world.api.database.look("SELECT count(*) FROM audit_cosignatures"))
                .isEqualTo("0");
        assertThat(post(head.size(), own)).isEqualTo(204);
    }

    private int post(long size, String lines) {
        return world.api
                .send("POST", LOG + "/cosignatures?size=" + size, world.api.owner(), lines)
                .statusCode();
    }

    @Test
    void yesterdaysDatabaseIsRefused() throws Exception {
        var yesterday = world.note();
        world.events(10);
        isRefused(look(world.head(), yesterday), Witness.Refusal.ROLLED_BACK);
    }

    @Test
    void aLogThatWasRewrittenAndSignedAgainIsRefused() throws Exception {
        var seen = world.head();
        // the operator throws the tree away, alters an entry, and lets the server sign everything anew
        world.tamper(
                "CREATE TABLE kept AS SELECT sequence, entry, salts FROM audit_leaves ORDER BY log_index",
                "UPDATE kept SET entry = convert_to(replace(convert_from(entry, 'UTF8'), '\"open\"', '\"stop\"'), 'UTF8')",
                "TRUNCATE audit_leaves, audit_tiles, audit_checkpoints, audit_cosignatures",
                "INSERT INTO audit_queue SELECT * FROM kept");
        try (var restarted = world.log(world.api.transactions)) {
            restarted.catchUp();
            isRefused(look(seen, world.note()), Witness.Refusal.FORKED);
            world.api.person("ann");
            restarted.catchUp();
            isRefused(look(seen, world.note()), Witness.Refusal.REWRITTEN);
        }
    }

    @Test
    void aForkForOneReaderIsFoundByComparingHeads() throws Exception {
        var shown = world.note();
        String text = shown.text().replace(world.head().root().toString(), "A".repeat(43) + "=");
        // the log's own key signs another head of the same size
        isRefused(look(world.head(), new SignedNote(text, shown.signatures())), Witness.Refusal.FORGED);
        assertThat(look(world.head(), shown)).isInstanceOf(Witness.Cosigned.class);
    }

    @Test
    void anEarlierHeadReplayedToAWitnessIsRefused() throws Exception {
        var earlier = world.note();
        world.events(5);
        var later = world.head();
        isRefused(look(later, earlier), Witness.Refusal.ROLLED_BACK);
        assertThat(TestApi.json(world.api.get("/api/v2/audit?limit=1", world.api.owner()))
                        .get("count")
                        .asInt())
                .isPositive();
    }
}
