package dev.cloister.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Route;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Sends what nobody should send to every operation, as the owner, who is refused nothing else: no body, query or path
 * may make the server fail, and each refusal has the form of the API's errors.
 */
class BadInputSweepTest {
    /** They end the credential of the sweep, or take as long as they are told to. */
    private static final Set<String> LEFT_OUT =
            Set.of("/api/v2/users/logout", "/api/v2/debug/profile", "/api/v2/debug/pprof/profile");

    private static final String LONG = "x".repeat(10_000);
    private static final List<byte[]> BODIES = List.of(
            bytes(""),
            bytes("null"),
            bytes("[]"),
            bytes("42"),
            bytes("\"text\""),
            bytes("{"),
            bytes("{}{}"),
            bytes("{\"unknown\": {\"field\": [1, 2, {}]}}"),
            bytes("{\"name\": \"one\", \"name\": \"two\"}"),
            bytes("{\"name\": \"a\\u0000b\"}"),
            bytes("{\"name\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}"),
            bytes("{\"name\": [" + "1,".repeat(250_000) + "1]}"),
            bytes("{\"name\": \"" + "x".repeat(1 << 20) + "\"}"),
            new byte[] {'{', '"', 'n', '"', ':', '"', (byte) 0xc3, (byte) 0x28, '"', '}'},
            new byte[] {'{', '"', 'n', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'});

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "9223372036854775808",
            "1.5",
            "1e999",
            "\"\"",
            "\"\\ud800\"",
            "\"../../etc\"",
            "\"<b>'; DROP TABLE users; --\"",
            "\"00000000-0000-0000-0000-000000000001\"",
            "\"" + LONG + "\"",
            "[]",
            "[null]",
            "[\"" + LONG + "\"]",
            "[{}]",
            "{}",
            "{\"" + "k".repeat(2_000) + "\": 1}");

    private static final List<String> PATHS = List.of(
            "00000000-0000-0000-0000-000000000001", "x", "%00", "%C3%28", "..%2F..", "-1", "me", "'%22%3C", LONG);

    @TempDir
    static Path directory;

    private static ArrangedServer arranged;

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @BeforeAll
    static void start() throws Exception {
        arranged = new ArrangedServer(directory);
    }

    @AfterAll
    static void stop() {
        if (arranged != null) {
            arranged.close();
        }
    }

    private static List<Route> routes(boolean withBody) {
        return arranged.server.routes().all().stream()
                .filter(route -> route.endpoint() instanceof Route.Answer)
                .filter(route -> !LEFT_OUT.contains(route.path()))
                .filter(route -> withBody == Set.of("POST", "PUT", "PATCH").contains(route.method()))
                .toList();
    }

    @Test
    void noBodyMakesTheServerFail() {
        var faults = new ArrayList<String>();
        for (Route route : routes(true)) {
            String path = arranged.path(route.path());
            for (byte[] body : BODIES) {
                send(route.method(), path, body, faults);
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void noValueOfAFieldMakesTheServerFail() {
        var document = ArrangedServer.json(
                arranged.server.send("GET", "/api/v2/openapi.json", "", null).body());
        var faults = new ArrayList<String>();
        for (Route route : routes(true)) {
            if (route.operation().takes() instanceof Operation.Json json) {
                JsonNode schema =
                        document.at("/components/schemas/" + json.type().getSimpleName());
                for (var field : schema.path("properties").properties()) {
                    for (String value : VALUES) {
                        String body = "{\"" + field.getKey() + "\": " + value + "}";
                        send(route.method(), arranged.path(route.path()), bytes(body), faults);
                    }
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void noPathMakesTheServerFail() {
        var faults = new ArrayList<String>();
        for (Route route : arranged.server.routes().all()) {
            if (route.path().contains("{")
                    && route.endpoint() instanceof Route.Answer
                    && !LEFT_OUT.contains(route.path())) {
                for (String value : PATHS) {
                    boolean deletes = route.method().equals("DELETE") && value.equals("me");
                    if (!deletes) {
                        byte[] body = route.method().equals("GET") ? null : bytes("{}");
                        send(route.method(), ArrangedServer.path(route.path(), value), body, faults);
                    }
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void noQueryMakesTheServerFail() {
        var values =
                List.of("", "x", "-1", "99999999999999999999", "%00", "%C3%28", "a:b", "%22", LONG.substring(6_000));
        var faults = new ArrayList<String>();
        for (Route route : routes(false)) {
            if (!route.method().equals("GET") || isEndless(route)) {
                continue;
            }
            for (Operation.Parameter query : route.operation().query()) {
                for (String value : values) {
                    send("GET", arranged.path(route.path()) + "?" + query.name() + "=" + value, null, faults);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private static boolean isEndless(Route route) {
        return route.operation().answers().stream()
                .anyMatch(answer -> answer.body() instanceof Operation.Bytes bytes
                        && bytes.mediaType().equals("text/event-stream"));
    }

    private static void send(String method, String path, byte[] body, List<String> faults) {
        HttpResponse<String> answer;
        try {
            answer = send(method, path, body);
        } catch (java.io.UncheckedIOException e) {
            faults.add(method + " " + shortened(path) + " ends without an answer: " + e.getCause());
            return;
        }
        int status = answer.statusCode();
        String what = method + " " + shortened(path) + " with " + shortened(body == null ? "" : new String(body, UTF_8))
                + " answers " + status;
        if (status >= 500 && status != 501) {
            faults.add(what);
        } else if (status >= 400 && !isError(answer.body())) {
            faults.add(what + " with " + shortened(answer.body()));
        }
    }

    /** Once more where a kept connection ended: the server ends one after a request that it could not read. */
    private static HttpResponse<String> send(String method, String path, byte[] body) {
        try {
            return arranged.server.send(method, path, arranged.owner, body);
        } catch (java.io.UncheckedIOException e) {
            return arranged.server.send(method, path, arranged.owner, body);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "… (" + text.length() + ")";
    }

    private static boolean isError(String body) {
        try {
            return ApiJson.mapper().readValue(body, Map.class).get("message") instanceof String;
        } catch (JacksonException e) {
            return false;
        }
    }
}
