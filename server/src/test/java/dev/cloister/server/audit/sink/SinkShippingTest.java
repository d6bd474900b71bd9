package dev.cloister.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.Secret;
import dev.cloister.contract.proof.check.Verdict;
import dev.cloister.server.platform.WebhookSignature;
import dev.cloister.server.testing.TestApi;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkShippingTest {
    @TempDir
    Path directory;

    private SinkWorld world;
    private final Receiver receiver = new Receiver();

    @BeforeEach
    void begin() {
        world = new SinkWorld(directory);
    }

    @AfterEach
    void end() {
        world.close();
        receiver.close();
    }

    private String webhook() {
        return world.sink(
                "soc",
                "webhook",
                "json",
                Map.of("url", receiver.url() + "/audit"),
                Map.of("signing_secret", "the secret of tests"));
    }

    private Verdict.Whole whole() {
        assertThat(world.check(receiver.lines())).isInstanceOf(Verdict.Whole.class);
        return (Verdict.Whole) world.check(receiver.lines());
    }

    @Test
    void aReceiverCanProveThatItHasEverything() {
        world.events(300);
        world.sinks.start();
        long shipped = world.caughtUp(webhook());
        assertThat(shipped).isGreaterThan(300);
        assertThat(whole().entries()).isEqualTo(shipped);
        assertThat(whole().head().size()).isEqualTo(shipped);
        assertThat(whole().erased()).isZero();
        assertThat(receiver.lines().stream().filter(line -> line.startsWith("{\"index\"")))
                .hasSize((int) shipped);
    }

    @Test
    void whatHappensLaterFollows() {
        world.sinks.start();
        String id = webhook();
        world.caughtUp(id);
        world.log.start();
        world.event("later");
        world.until(id, sink -> receiver.lines().stream().anyMatch(line -> line.contains("\"later\"")));
        assertThat(whole().entries()).isEqualTo(world.size());
    }

    @Test
    void eachBatchIsSignedWithItsTime() {
        world.sinks.start();
        world.caughtUp(webhook());
        var post = receiver.taken.getFirst();
        String signature = String.valueOf(post.headers().get("x-cloister-signature"));
        var signed = Instant.ofEpochSecond(Long.parseLong(signature.substring(2, signature.indexOf(','))));
        assertThat(signature).isEqualTo(WebhookSignature.of(Secret.of("the secret of tests"), signed, post.body()));
        assertThat(signed)
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        assertThat(post.headers()).containsEntry("x-cloister-first", "0");
    }

    @Test
    void aReceiverThatIsDownLosesNothing() {
        int port = receiver.port();
        receiver.close();
        world.events(50);
        world.sinks.start();
        String id = webhook();
        var failing = world.until(id, sink -> sink.get("failures").asInt() >= 3);
        assertThat(failing.get("state").asString()).isEqualTo("failing");
        assertThat(failing.get("last_error").asString()).contains("could not be reached");
        assertThat(world.sinks.warnings()).singleElement().asString().contains("soc is failing");
        try (var back = new Receiver(port)) {
            long shipped = world.caughtUp(id);
            assertThat(world.check(back.lines()))
                    .isInstanceOfSatisfying(
                            Verdict.Whole.class,
                            whole -> assertThat(whole.entries()).isEqualTo(shipped));
            assertThat(world.get(id).get("failures").asInt()).isZero();
            assertThat(world.sinks.warnings()).isEmpty();
        }
    }

    @Test
    void aReceiverThatAnswersWithErrorsIsTriedAgain() {
        receiver.behaviour = post -> receiver.seen.size() < 4 ? new Receiver.Answer(500, "secret text") : ok();
        world.events(20);
        world.sinks.start();
        String id = webhook();
        world.caughtUp(id);
        assertThat(receiver.seen).hasSizeGreaterThanOrEqualTo(4);
        assertThat(world.get(id).get("last_error").asString()).contains("500").doesNotContain("secret text");
        assertThat(whole().entries()).isEqualTo(world.size());
    }

    private static Receiver.Answer ok() {
        return new Receiver.Answer(200, "");
    }

    @Test
    void whatWasTakenWithoutAnAnswerComesAgainAndIsRecognized() {
        receiver.behaviour = post -> {
            if (receiver.seen.size() == 1) {
                receiver.taken.add(post); // and the answer is lost
                return new Receiver.Answer(503, "");
            }
            return ok();
        };
        world.events(20);
        world.sinks.start();
        world.caughtUp(webhook());
        var indexes = receiver.lines().stream()
                .filter(line -> line.startsWith("{\"index\""))
                .map(line -> line.substring(0, line.indexOf(",\"log\"")))
                .toList();
        assertThat(indexes).hasSizeGreaterThan(new HashSet<>(indexes).size());
        assertThat(new HashSet<>(indexes)).hasSize((int) world.size());
        assertThat(whole().entries()).isEqualTo(world.size());
    }

    @Test
    void anEventThatIsRefusedIsSentWithoutItsTextsAndHoldsUpNothing() {
        receiver.behaviour = post -> post.text().contains("poison") ? new Receiver.Answer(400, "") : ok();
        world.events(40).event("poison").events(40);
        world.sinks.start();
        String id = webhook();
        long shipped = world.caughtUp(id);
        assertThat(receiver.lines()).noneMatch(line -> line.contains("poison"));
        assertThat(receiver.lines()).anyMatch(line -> line.contains("\"thing 39\""));
        assertThat(whole().entries()).isEqualTo(shipped);
        assertThat(whole().erased()).isPositive();
    }

    @Test
    void anotherProcessGoesOnWhereOneDied() throws InterruptedException {
        var stuck = new CountDownLatch(1);
        receiver.behaviour = post -> {
            if (receiver.seen.size() == 2) { // in the middle
                stuck.await();
            }
            return ok();
        };
        world.events(1500);
        world.sinks.start();
        String id = webhook();
        world.until(id, sink -> receiver.seen.size() == 2 && sink.get("cursor").asLong() > 0);
        long before = world.get(id).get("cursor").asLong();
        // as if it had been killed: it says nothing to the database any more
        try (var other = world.replica()) {
            other.start();
            long shipped = world.caughtUp(id);
            stuck.countDown();
            assertThat(shipped).isGreaterThan(before);
            world.until(id, sink -> receiver.taken.size() >= 3);
            var verdict = world.check(receiver.taken.stream()
                    .sorted((one, two) -> Long.compare(first(one), first(two)))
                    .flatMap(post -> post.text().lines())
                    .toList());
            assertThat(verdict).isInstanceOf(Verdict.Whole.class);
        }
    }

    private static long first(Receiver.Post post) {
        return Long.parseLong(String.valueOf(post.headers().get("x-cloister-first")));
    }

    @Test
    void oneProcessSendsAtATime() {
        world.events(400);
        world.sinks.start();
        try (var other = world.replica()) {
            other.start();
            String id = webhook();
            long shipped = world.caughtUp(id);
            assertThat(receiver.lines().stream().filter(line -> line.startsWith("{\"index\"")))
                    .hasSize((int) shipped);
        }
    }

    @Test
    void aPausedSinkKeepsItsPlace() {
        world.sinks.start();
        String id = webhook();
        long shipped = world.caughtUp(id);
        world.api.send("PATCH", SinkWorld.SINKS + "/" + id, world.api.owner(), Map.of("enabled", false));
        world.events(10);
        var paused = world.get(id);
        assertThat(paused.get("state").asString()).isEqualTo("paused");
        assertThat(paused.get("lag_events").asLong()).isGreaterThanOrEqualTo(10);
        assertThat(world.api.transactions.read(world.sinks::lowestCursor)).hasValue(shipped);
        world.api.send("PATCH", SinkWorld.SINKS + "/" + id, world.api.owner(), Map.of("enabled", true));
        world.log.catchUp();
        world.caughtUp(id);
        assertThat(whole().entries()).isEqualTo(world.size());
    }

    @Test
    void aTestSendsTheSignedHeadAndNothingElse() {
        String id = webhook();
        var answer = world.api.send("POST", SinkWorld.SINKS + "/" + id + "/test", world.api.owner(), null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(TestApi.json(answer).get("delivered").asBoolean()).isTrue();
        assertThat(receiver.lines()).singleElement().asString().startsWith("{\"checkpoint\":");
        receiver.behaviour = post -> new Receiver.Answer(401, "");
        var refused =
                TestApi.json(world.api.send("POST", SinkWorld.SINKS + "/" + id + "/test", world.api.owner(), null));
        assertThat(refused.get("delivered").asBoolean()).isFalse();
        assertThat(refused.get("error").asString()).contains("401");
    }

    @Test
    void copiesThatWereAlteredAreFoundOut() {
        world.events(30);
        world.sinks.start();
        world.caughtUp(webhook());
        List<String> lines = receiver.lines();
        assertThat(world.check(lines)).isInstanceOf(Verdict.Whole.class);
        var missing = new java.util.ArrayList<>(lines);
        missing.remove(5);
        assertThat(world.check(missing)).isInstanceOfSatisfying(Verdict.Wrong.class, wrong -> {
            assertThat(wrong.damage()).isEqualTo(Verdict.Damage.DELETED);
            assertThat(wrong.index()).isEqualTo(5);
        });
        var changed = lines.stream()
                .map(line -> line.replace("\\\"thing 7\\\"", "\\\"thing 8\\\"").replace("\"thing 7\"]", "\"thing 8\"]"))
                .toList();
        assertThat(world.check(changed))
                .isInstanceOfSatisfying(
                        Verdict.Wrong.class, wrong -> assertThat(wrong.damage()).isEqualTo(Verdict.Damage.CHANGED));
        var cutOff = lines.stream()
                .filter(line -> line.startsWith("{\"checkpoint\"")
                        || !line.startsWith("{\"index\":" + (world.size() - 1) + ","))
                .toList();
        assertThat(world.check(cutOff))
                .isInstanceOfSatisfying(
                        Verdict.Wrong.class, wrong -> assertThat(wrong.damage()).isEqualTo(Verdict.Damage.TRUNCATED));
    }
}
