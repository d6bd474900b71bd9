package dev.cloister.server.personal;

import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.server.testing.TestApi;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UserSkillApiTest {
    private static final String MINE = "/api/experimental/users/me/skills";
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi().setUp();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static HttpResponse<String> create(String token, String content) {
        return api.send("POST", MINE, token, Map.of("content", content));
    }

    private static String document(String name, String body) {
        return "---\nname: " + name + "\ndescription: How to " + name + "\n---\n" + body;
    }

    @Test
    void aSkillIsKeptChangedAndDeletedByItsOwner() {
        String person = api.person("skilled");

        var created = create(person, document("release", "Tag it."));
        var again = create(person, document("release", "Tag it twice."));
        var changed = api.send("PATCH", MINE + "/release", person, Map.of("content", document("ship", "Tag it.")));

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(json(created).get("description").asString()).isEqualTo("How to release");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(json(changed).get("name").asString()).isEqualTo("ship");
        assertThat(json(api.get(MINE, person)).get(0).has("content")).isFalse();
        assertThat(json(api.get(MINE + "/ship", person)).get("content").asString())
                .contains("Tag it.");
        assertThat(json(api.get("/api/v2/audit?q=resource_type:user_skill", api.owner()))
                        .get("count")
                        .asInt())
                .isEqualTo(2);
        assertThat(api.send("DELETE", MINE + "/ship", person, null).statusCode())
                .isEqualTo(204);
        assertThat(api.get(MINE + "/ship", person).statusCode()).isEqualTo(404);
    }

    @Test
    void aDocumentThatIsNoneIsRefused() {
        String person = api.person("unskilled");

        for (String content : List.of(
                "",
                "no header",
                "---\nname: x\n",
                "---\nname: x\n---\n  \n",
                "---\nname: Big Name\n---\nbody",
                "---\n- a\n---\nbody",
                "---\n: : :\n\t---\n---\nbody",
                document("x".repeat(65), "body"),
                document("large", "x".repeat(70_000)))) {
            var refused = create(person, content);
            assertThat(refused.statusCode()).as(content).isEqualTo(400);
            assertThat(refused.body()).contains("content");
        }
        assertThat(json(api.get(MINE, person))).isEmpty();
    }

    @Test
    void othersCannotTellSkillsFromNone() {
        String person = api.person("private");
        create(person, document("own", "body"));
        String other = api.person("nosy");

        var foreign = api.get("/api/experimental/users/private/skills/own", other);
        var none = api.get("/api/experimental/users/private/skills/none", other);

        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(none.body());
        assertThat(api.send("DELETE", "/api/experimental/users/private/skills/own", other, null)
                        .statusCode())
                .isEqualTo(404);
    }
}
