package dev.cloister.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.platform.http.Route;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API document is committed, so that each change of the API is seen in review, and compared with the one of the
 * last release, which no change may break. After an intended change: {@code make api-document}. At a release:
 * {@code make api-baseline}.
 */
class ApiDocumentTest {
    private static final Path GOLDEN = Path.of("../docs/openapi.json");
    private static final Path BASELINE = Path.of("src/test/resources/api-baseline.json");
    private static final Path UNDESCRIBED = Path.of("src/test/resources/undescribed-routes.txt");

    @TempDir
    static Path directory;

    private static WholeServer server;
    private static JsonNode served;

    @BeforeAll
    static void start() throws Exception {
        server = new WholeServer(directory);
        served = ApiJson.mapper()
                .readTree(server.send("GET", "/api/v2/openapi.json", "", null).body());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theDocumentIsTheCommittedOne() throws Exception {
        String text =
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(served) + "\n";
        if ("1".equals(System.getenv("OPENAPI_WRITE"))) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void nothingThatAReleasedClientReliesOnIsGone() throws Exception {
        var baseline = ApiJson.mapper().readTree(Files.readString(BASELINE));
        assertThat(ApiChanges.breaking(baseline, served)).isEmpty();
    }

    @Test
    void everyRouteOfTheApiSaysWhatItDoesAndAnswers() throws Exception {
        var excused = Files.readAllLines(UNDESCRIBED).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        var silent = new ArrayList<String>();
        for (Route route : server.routes().all()) {
            var operation = route.operation();
            boolean says = !operation.tag().isEmpty()
                    && !operation.summary().isEmpty()
                    && !operation.answers().isEmpty();
            if (route.path().startsWith("/api/v2/") && !says) {
                silent.add(route.method() + " " + route.path());
            }
        }
        assertThat(silent)
                .as("routes that do not say .named(...) and .answers(...) where they are registered")
                .isSubsetOf(excused);
        assertThat(excused)
                .as("routes in undescribed-routes.txt that are described now: take them out")
                .isSubsetOf(silent);
    }

    @Test
    void whoHasTheDocumentIsNotSentItAgain() {
        var first = server.send("GET", "/api/v2/openapi.json", "", null);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        var again = server.send(HttpRequest.newBuilder(server.url().resolve("/api/v2/openapi.json"))
                .header("If-None-Match", tag)
                .build());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void thePageRunsNoScriptButItsOwn() {
        var page = server.send("GET", "/docs/api", "", null);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("style=", "onclick", "<script>");
        for (String part : List.of("/docs/api/page.js", "/docs/api/page.css")) {
            assertThat(page.body()).contains(part);
            assertThat(server.send("GET", part, "", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theBodiesOfTheDocumentAreThoseOnTheWire() {
        String owner = server.owner();
        for (String path : List.of("/api/v2/users/me", "/api/v2/users", "/api/v2/organizations", "/api/v2/templates")) {
            var answer = ApiJson.mapper()
                    .readTree(server.send("GET", path, owner, null).body());
            var schema = served.path("paths")
                    .path(path.replace("/me", "/{user}"))
                    .at("/get/responses/200/content/application~1json/schema");
            assertThat(SchemaCheck.problems(served, schema, answer, "$"))
                    .as(path)
                    .isEmpty();
        }
    }
}
