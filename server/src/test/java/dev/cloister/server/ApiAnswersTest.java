package dev.cloister.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The API document tells the truth: what is read is as it says, field by field. */
class ApiAnswersTest {
    @TempDir
    Path directory;

    @Test
    void whatIsReadIsAsTheDocumentSays() throws Exception {
        try (var arranged = new ArrangedServer(directory)) {
            var document = ArrangedServer.json(arranged.server
                    .send("GET", "/api/v2/openapi.json", "", null)
                    .body());
            var faults = new ArrayList<String>();
            int read = 0;
            for (Route route : arranged.server.routes().all()) {
                if (!isReadAsJson(route)) {
                    continue;
                }
                var answer = arranged.server.send("GET", arranged.path(route.path()), arranged.owner, null);
                if (answer.statusCode() == 200) {
                    read++;
                    JsonNode schema = document.path("paths")
                            .path(route.path())
                            .at("/get/responses/200/content/application~1json/schema");
                    SchemaCheck.problems(document, schema, ArrangedServer.json(answer.body()), "")
                            .forEach(problem -> faults.add(route.path() + ": " + problem));
                }
            }
            assertThat(faults).isEmpty();
            assertThat(read).isGreaterThan(40);
        }
    }

    private static boolean isReadAsJson(Route route) {
        return route.method().equals("GET")
                && route.endpoint() instanceof Route.Answer
                && !route.path().contains("/debug/pprof")
                && route.operation().answers().stream()
                        .anyMatch(answer -> answer.status() == 200
                                && answer.body() != null
                                && !(answer.body() instanceof Operation.Bytes));
    }
}
