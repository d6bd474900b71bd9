package dev.cloister.server.audit.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.proof.check.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The interfaces of collectors, as their makers document them. */
class CollectorsTest {
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

    private static JsonNode json(String text) {
        return ApiJson.mapper().readTree(text);
    }

    private static Receiver.Answer ok(String text) {
        return new Receiver.Answer(200, text);
    }

    private static Receiver.Answer collector(Receiver.Post post, Set<Integer> indexed, AtomicInteger ids) {
        if (post.path().startsWith("/services/collector/ack?channel=")) {
            int asked = json(post.text()).get("acks").get(0).asInt();
            return ok("{\"acks\":{\"" + asked + "\":" + !indexed.add(asked) + "}}"); // yes the second time
        }
        return ok("{\"text\":\"Success\",\"code\":0,\"ackId\":" + ids.incrementAndGet() + "}");
    }

    @Test
    void splunkCountsWhenItsIndexersHaveIt() {
        var indexed = ConcurrentHashMap.<Integer>newKeySet();
        var ids = new AtomicInteger();
        receiver.behaviour = post -> collector(post, indexed, ids);
        world.events(30);
        world.sinks.start();
        String id = world.sink(
                "splunk",
                "splunk",
                "json",
                Map.of("url", receiver.url(), "index", "audit"),
                Map.of("token", "0000-token"));
        world.caughtUp(id);
        assertThat(indexed).hasSize(ids.get()).isNotEmpty();
        var events = receiver.taken.stream()
                .filter(post -> post.path().equals("/services/collector/event"))
                .toList();
        assertThat(events.getFirst().headers())
                .containsEntry("authorization", "Splunk 0000-token")
                .containsKey("x-splunk-request-channel");
        var lines = new ArrayList<String>();
        for (var post : events) {
            post.text().lines().forEach(line -> {
                JsonNode event = json(line);
                assertThat(event.get("index").asString()).isEqualTo("audit");
                assertThat(event.get("time").isNumber()).isTrue();
                String begin = "\"event\":";
                lines.add(line.substring(line.indexOf(begin) + begin.length(), line.lastIndexOf(",\"fields\":")));
            });
        }
        assertThat(world.check(lines)).isInstanceOf(Verdict.Whole.class);
    }

    @Test
    void splunkWithoutAcknowledgementIsNotBelieved() {
        receiver.behaviour = post -> ok("{\"text\":\"Success\",\"code\":0}");
        world.sinks.start();
        String id = world.sink("splunk", "splunk", "cef", Map.of("url", receiver.url()), Map.of("token", "0000-token"));
        var failing = world.until(id, sink -> sink.get("failures").asInt() > 0);
        assertThat(failing.get("last_error").asString()).contains("acknowledge");
        assertThat(failing.get("cursor").asLong()).isZero();
        world.api.send(
                "PATCH",
                SinkWorld.SINKS + "/" + id,
                world.api.owner(),
                Map.of("settings", Map.of("url", receiver.url(), "acknowledgement", "false")));
        world.caughtUp(id);
        assertThat(json(receiver.lines().getLast()).get("event").isString()).isTrue();
    }

    @Test
    void elasticHasEachEventOnceHoweverOftenItComes() {
        Map<String, String> index = new ConcurrentHashMap<>();
        var failed = ConcurrentHashMap.<String>newKeySet();
        receiver.behaviour = post -> ok(bulk(post, index, failed));
        world.events(30).event("poison").events(30);
        world.sinks.start();
        String id = world.sink(
                "elastic",
                "elastic",
                "ecs",
                Map.of("url", receiver.url(), "index", "audit"),
                Map.of("api_key", "a-key"));
        long shipped = world.caughtUp(id);
        assertThat(receiver.taken.getFirst().path()).isEqualTo("/_bulk");
        assertThat(receiver.taken.getFirst().headers()).containsEntry("authorization", "ApiKey a-key");
        var sequences = new HashSet<Long>();
        index.forEach((key, document) -> {
            JsonNode event = json(document).get("event");
            if (event.get("sequence") != null) {
                sequences.add(event.get("sequence").asLong());
                assertThat(key).endsWith("-" + event.get("sequence").asLong());
                assertThat(event.get("original").asString()).startsWith("{\"v\":1,");
            }
        });
        assertThat(sequences).hasSize((int) shipped);
        assertThat(index.values()).noneMatch(document -> document.contains("poison"));
        assertThat(failed).isNotEmpty(); // one was answered with 429 first
    }

    /** As a cluster does: an item each, one that is too busy for a document, one that cannot take it. */
    private static String bulk(Receiver.Post post, Map<String, String> index, Set<String> failed) {
        var lines = post.text().lines().toList();
        var items = new ArrayList<String>();
        for (int at = 0; at < lines.size(); at += 2) {
            String key = json(lines.get(at)).get("create").get("_id").asString();
            String document = lines.get(at + 1);
            int status = 201;
            if (document.contains("poison")) {
                status = 400;
            } else if (document.contains("thing 7\"") && failed.add(key)) {
                status = 429;
            } else if (index.putIfAbsent(key, document) != null) {
                status = 409;
            }
            items.add("{\"create\":{\"_id\":\"x\",\"status\":" + status + "}}");
        }
        return "{\"errors\":true,\"items\":[" + String.join(",", items) + "]}";
    }

    @Test
    void datadogAndSumoGetLinesAndTheirKeys() {
        world.events(20);
        world.sinks.start();
        String datadog = world.sink(
                "datadog",
                "datadog",
                "ocsf",
                Map.of("url", receiver.url(), "tags", "env:test"),
                Map.of("api_key", "dd-key"));
        world.caughtUp(datadog);
        var post = receiver.taken.getFirst();
        assertThat(post.path()).isEqualTo("/api/v2/logs");
        assertThat(post.headers()).containsEntry("dd-api-key", "dd-key").containsEntry("content-encoding", "gzip");
        JsonNode first = json(post.text()).get(0);
        assertThat(first.get("ddtags").asString()).isEqualTo("env:test");
        assertThat(json(first.get("message").asString())
                        .get("metadata")
                        .get("sequence")
                        .asLong())
                .isZero();
        receiver.taken.clear();
        String sumo = world.sink(
                "sumo",
                "sumo",
                "json",
                Map.of("category", "cloister/audit"),
                Map.of("url", receiver.url() + "/receiver/v1/http/the-code"));
        world.caughtUp(sumo);
        assertThat(world.get(sumo).toString()).doesNotContain("the-code");
        var sumoPosts = receiver.taken.stream()
                .filter(one -> one.path().equals("/receiver/v1/http/the-code"))
                .toList();
        assertThat(sumoPosts.getFirst().headers()).containsEntry("x-sumo-category", "cloister/audit");
        assertThat(world.check(
                        sumoPosts.stream().flatMap(one -> one.text().lines()).toList()))
                .isInstanceOf(Verdict.Whole.class);
    }

    @Test
    void anObjectIsLockedAndSignedForTheStore() throws Exception {
        var store = new SignedStore("the-key-id", "the-secret-key", "eu-test-1");
        receiver.behaviour = store;
        world.events(40);
        world.sinks.start();
        String id = world.sink(
                "vault",
                "s3",
                "json",
                Map.of(
                        "endpoint", receiver.url(),
                        "bucket", "audit-bucket",
                        "region", "eu-test-1",
                        "prefix", "cloister/",
                        "access_key_id", "the-key-id",
                        "retain_days", "365",
                        "linger_seconds", "0"),
                Map.of("secret_access_key", "the-secret-key"));
        world.caughtUp(id);
        assertThat(store.problems).isEmpty();
        var put = receiver.taken.getFirst();
        assertThat(put.path()).startsWith("/audit-bucket/cloister/audit-0000000000000000-");
        assertThat(put.headers())
                .containsEntry("x-amz-object-lock-mode", "COMPLIANCE")
                .containsKey("x-amz-object-lock-retain-until-date");
        Path[] objects = store.write(directory);
        assertThat(world.check(objects)).isInstanceOf(Verdict.Whole.class);
    }

    @Test
    void aStoreThatRefusesTheKeyOrTheLockIsToldAndLosesNothing() {
        var answers = new ConcurrentLinkedDeque<>(List.of(
                new Receiver.Answer(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>"),
                new Receiver.Answer(400, "<Error><Code>InvalidRequest</Code><Message>x</Message></Error>"),
                new Receiver.Answer(400, "<Error><Code>\u001b[31m</Code></Error>")));
        receiver.behaviour = post -> {
            var answer = answers.poll();
            return answer == null ? ok("") : answer;
        };
        world.events(10);
        world.sinks.start();
        String id = world.sink(
                "vault",
                "s3",
                "json",
                Map.of(
                        "endpoint", receiver.url(),
                        "bucket", "audit-bucket",
                        "access_key_id", "x",
                        "retain_days", "1",
                        "linger_seconds", "0"),
                Map.of("secret_access_key", "y"));
        world.caughtUp(id);
        assertThat(receiver.seen.size()).isGreaterThanOrEqualTo(4);
        assertThat(world.get(id).get("last_error").asString()).isEqualTo("the store answered 400");
        assertThat(new String(receiver.seen.getFirst().body(), UTF_8)).isNotEmpty();
    }
}
