package dev.cloister.server.personal;

import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.Secret;
import dev.cloister.server.testing.TestApi;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UserSecretApiTest {
    private static final String MINE = "/api/v2/users/me/secrets";
    private static final String VALUE = "hunter2-very-secret";
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = new TestApi().setUp();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static HttpResponse<String> create(String token, String name, Object... more) {
        var body = new HashMap<String, Object>(Map.of("name", name, "value", VALUE));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return api.send("POST", MINE, token, body);
    }

    @Test
    void aSecretIsWrittenAndNeverReadAgain() {
        String person = api.person("writer");

        var created = create(person, "token", "env_name", "TOKEN", "file_path", "~/.token", "description", "mine");
        var got = api.get(MINE + "/token", person);
        var changed = api.send("PATCH", MINE + "/token", person, Map.of("value", VALUE + "-2", "enabled", false));
        var listed = api.get(MINE, person);

        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(json(got).get("env_name").asString()).isEqualTo("TOKEN");
        assertThat(json(got).get("enabled").asBoolean()).isTrue();
        assertThat(json(changed).get("enabled").asBoolean()).isFalse();
        assertThat(json(changed).get("file_path").asString()).isEqualTo("~/.token");
        assertThat(json(listed)).hasSize(1);
        String log = api.get("/api/v2/audit?q=resource_type:user_secret", api.owner())
                .body();
        for (String text : List.of(created.body(), got.body(), changed.body(), listed.body(), log)) {
            assertThat(text).doesNotContain("hunter2");
        }
        assertThat(log).contains("env_name").contains("encrypted_value");
        assertThat(api.database.look("SELECT encode(value, 'escape') FROM user_secrets LIMIT 1"))
                .doesNotContain("hunter2");
        assertThat(api.send("DELETE", MINE + "/token", person, null).statusCode())
                .isEqualTo(204);
        assertThat(api.get(MINE + "/token", person).statusCode()).isEqualTo(404);
    }

    @Test
    void nobodyElseNotEvenAnOwnerFindsThem() {
        String person = api.person("holder");
        create(person, "token");
        String other = api.person("curious");

        for (String token : List.of(other, api.owner(), api.outsider("stranger"))) {
            var foreign = api.get("/api/v2/users/holder/secrets/token", token);
            var none = api.get("/api/v2/users/holder/secrets/none", token);
            assertThat(foreign.statusCode()).isEqualTo(404);
            assertThat(foreign.body()).isEqualTo(none.body());
            assertThat(api.get("/api/v2/users/holder/secrets", token).statusCode())
                    .isEqualTo(404);
            assertThat(api.send("DELETE", "/api/v2/users/holder/secrets/token", token, null)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(api.send("POST", "/api/v2/users/holder/secrets", token, "{\"name\": 5}")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void namesVariablesAndFilesHaveRules() {
        String person = api.person("ruled");

        for (String name : List.of("", "a b", "../x", "batch", "x".repeat(65))) {
            assertThat(create(person, name).statusCode()).as(name).isEqualTo(400);
        }
        for (String variable :
                List.of("1X", "A-B", "PATH", "LD_PRELOAD", "CODER_TOKEN", "https_proxy", "X".repeat(129))) {
            var refused = create(person, "s", "env_name", variable);
            assertThat(refused.statusCode()).as(variable).isEqualTo(400);
            assertThat(refused.body()).contains("env_name");
        }
        for (String path : List.of("relative", "~", "~/", "/a/../b", "/a//b", "/a/.", "~x/y", "/" + "a".repeat(1100))) {
            var refused = create(person, "s", "file_path", path);
            assertThat(refused.statusCode()).as(path).isEqualTo(400);
            assertThat(refused.body()).contains("file_path");
        }
        assertThat(api.send("POST", MINE, person, Map.of("name", "empty")).body())
                .contains("value");
        assertThat(create(person, "nul", "env_name", "NUL", "value", "a\0b").statusCode())
                .isEqualTo(400);
        assertThat(create(person, "big", "value", "x".repeat(SecretRules.LARGEST + 1))
                        .statusCode())
                .isEqualTo(400);
        assertThat(json(api.get(MINE, person))).isEmpty();
    }

    @Test
    void aNameAVariableAndAFileAreTakenOnce() {
        String person = api.person("unique");
        create(person, "one", "env_name", "ONE", "file_path", "/one");

        assertThat(create(person, "one").statusCode()).isEqualTo(409);
        assertThat(create(person, "two", "env_name", "ONE").statusCode()).isEqualTo(409);
        assertThat(create(person, "two", "file_path", "/one").statusCode()).isEqualTo(409);
        create(person, "two");
        assertThat(api.send("PATCH", MINE + "/two", person, Map.of("env_name", "ONE"))
                        .statusCode())
                .isEqualTo(409);
        assertThat(create(api.person("unique2"), "one", "env_name", "ONE").statusCode())
                .isEqualTo(201);
    }

    @Test
    void thereIsRoomForFiftyAndForTwoHundredKibibytes() {
        String many = api.person("many");
        String lines = IntStream.range(0, 50).mapToObj(i -> "S" + i + "=x").collect(Collectors.joining("\n"));
        String large = api.person("large");

        assertThat(imported(many, "env", lines).statusCode()).isEqualTo(201);
        assertThat(create(many, "one-more").statusCode()).isEqualTo(400);
        for (int i = 0; i < 8; i++) {
            assertThat(create(large, "s" + i, "value", "x".repeat(24 * 1024)).statusCode())
                    .isEqualTo(201);
        }
        assertThat(create(large, "s8", "value", "x".repeat(9 * 1024)).statusCode())
                .isEqualTo(400);
    }

    private static HttpResponse<String> imported(String token, String format, String content) {
        return api.send("POST", MINE + "/batch", token, Map.of("format", format, "content", content));
    }

    @Test
    void aFileOfSecretsIsTakenWholeOrNotAtAll() {
        String person = api.person("importer");

        var env = imported(person, "env", """
                # a comment
                export FIRST="a \\"quoted\\" value\\n"
                SECOND='single # not a comment'
                THIRD=plain # a comment
                """);
        var json = imported(person, "json", "{\"FOURTH\": \"x\"}");
        var yaml = imported(person, "yaml", "FIFTH: 5\nSIXTH: text\n");

        assertThat(env.statusCode()).as(env.body()).isEqualTo(201);
        assertThat(json(env)).hasSize(3);
        assertThat(json.statusCode()).isEqualTo(201);
        assertThat(yaml.statusCode()).isEqualTo(201);
        assertThat(imported(person, "json", "{\"SEVENTH\": \"x\", \"FIRST\": \"y\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(imported(person, "env", "EIGHTH=x\nEIGHTH=y").statusCode()).isEqualTo(409);
        assertThat(imported(person, "env", "NINTH=x\nPATH=y").statusCode()).isEqualTo(400);
        for (var wrong : Map.of("json", "{\"A\": 5}", "yaml", "- a\n", "env", "no assignment", "toml", "a=1")
                .entrySet()) {
            assertThat(imported(person, wrong.getKey(), wrong.getValue()).statusCode())
                    .as(wrong.getKey())
                    .isEqualTo(400);
        }
        assertThat(imported(person, "env", "A=" + "x".repeat(300 * 1024)).statusCode())
                .isEqualTo(413);
        assertThat(json(api.get(MINE, person))).hasSize(6);
    }

    @Test
    void theFormsOfFilesAreReadAsPeopleMeanThem() {
        var values = SecretsFile.parse("env", "A=\"x\\ny\"\nB='$HOME'\nC=\nD=a=b\n");

        assertThat(values)
                .containsEntry("A", Secret.of("x\ny"))
                .containsEntry("B", Secret.of("$HOME"))
                .containsEntry("C", Secret.of(""))
                .containsEntry("D", Secret.of("a=b"));
    }

    @Test
    void aNarrowTokenReachesSecretsOnlyWithTheirScope() {
        String person = api.person("scoped");
        create(person, "token");
        String reader = token(person, "reader", "user_secret:read");
        String other = token(person, "other", "workspace:read");

        JsonNode listed = json(api.get(MINE, reader));
        assertThat(listed).hasSize(1);
        assertThat(create(reader, "more").statusCode()).isEqualTo(403);
        assertThat(api.get(MINE, other).statusCode()).isEqualTo(404);
    }

    private static String token(String person, String name, String scope) {
        return json(api.send(
                        "POST",
                        "/api/v2/users/me/keys/tokens",
                        person,
                        Map.of("token_name", name, "scopes", List.of(scope))))
                .get("key")
                .asString();
    }
}
