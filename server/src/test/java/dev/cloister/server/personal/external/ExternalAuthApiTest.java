package dev.cloister.server.personal.external;

import static dev.cloister.server.testing.TestApi.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.server.connection.Arranged;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ExternalAuthApiTest {
    private static final String BASE = "/api/v2/external-auth";

    @TempDir
    static Path directory;

    private static Arranged arranged;
    private static FakeProvider provider;
    private static HttpClient browser;

    @BeforeAll
    static void start() throws IOException {
        provider = FakeProvider.start();
        Path file = write("""
                - type: gitlab
                  client-id: cloister
                  client-secret: s3cret
                  auth-url: %1$s/authorize
                  token-url: %1$s/token
                  validate-url: %1$s/user
                  revoke-url: %1$s/revoke
                  device-url: %1$s/device
                  device-flow: true
                  regex: ^https://gitlab\\.example\\.com/.*$
                - id: gitlab-two
                  type: gitlab
                  client-id: cloister
                  client-secret: s3cret
                  token-url: %1$s/token
                  auth-url: %1$s/authorize
                  display-name: The other one
                """.formatted(provider.url()));
        arranged = new Arranged(api -> new ExternalAuthentication(
                        api.transactions,
                        api.authorizer,
                        api.database.events(),
                        api.cipher,
                        Providers.in(file),
                        Arranged.ACCESS_URL,
                        false,
                        Clock.systemUTC())
                .register(api.routes));
        browser = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        browser.close();
        arranged.close();
        provider.close();
    }

    private static Path write(String yaml) throws IOException {
        Path file = Files.createTempFile(
                directory,
                "providers",
                ".yaml",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, yaml);
    }

    /** A browser's request with the session's cookie and others. */
    private static HttpResponse<String> browse(String path, String session, List<String> cookies) {
        String all = "coder_session_token=" + session
                + cookies.stream().map(cookie -> "; " + cookie).collect(Collectors.joining());
        try {
            return browser.send(
                    HttpRequest.newBuilder(arranged.api.url().resolve(path))
                            .header("Cookie", all)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> cookies(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .toList();
    }

    /** Goes the whole way; returns the last answer. */
    private static HttpResponse<String> link(String session, String id) {
        String callback = "/external-auth/" + id + "/callback";
        var begun = browse(callback, session, List.of());
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(303);
        URI back =
                provider.agree(URI.create(begun.headers().firstValue("Location").orElseThrow()));
        assertThat(back.getPath()).isEqualTo(callback);
        return browse(back.getRawPath() + "?" + back.getRawQuery(), session, cookies(begun));
    }

    @Test
    void aPersonLinksAnAccountAndTheirAgentGetsTheToken() {
        String alice = arranged.api.person("alice");
        var dev = arranged.workspace("alice", "linked");
        JsonNode before = agent(dev, "?match=https://gitlab.example.com/group/project.git");

        var done = link(alice, "gitlab");

        assertThat(before.get("access_token").asString()).isEmpty();
        assertThat(before.get("url").asString()).isEqualTo(Arranged.ACCESS_URL + "/external-auth/gitlab");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
        assertThat(done.headers().firstValue("Location")).hasValue(Arranged.ACCESS_URL + "/external-auth/gitlab");
        JsonNode link = json(arranged.api.get(BASE + "/gitlab", alice));
        assertThat(link.get("authenticated").asBoolean()).isTrue();
        assertThat(link.get("user").get("login").asString()).isEqualTo("octo");
        JsonNode given = agent(dev, "?id=gitlab");
        assertThat(provider.isGood(given.get("access_token").asString())).isTrue();
        assertThat(given.get("username").asString()).isEqualTo("oauth2");
        assertThat(given.get("password")).isEqualTo(given.get("access_token"));
        String stored = arranged.look("SELECT string_agg(encode(access_token, 'escape') || encode(refresh_token,"
                + " 'escape'), '') FROM external_auth_links");
        assertThat(stored).doesNotContain("access-").doesNotContain("refresh-");
        String log = arranged.api
                .get("/api/v2/audit?q=resource_target:%22external%20auth%20gitlab%22", arranged.api.owner())
                .body();
        assertThat(log)
                .contains("access_token")
                .contains("\"open\"")
                .doesNotContain("access-")
                .doesNotContain("refresh-");
    }

    private static JsonNode agent(Arranged.Dev dev, String query) {
        var answer = arranged.api.get(
                "/api/v2/workspaceagents/me/external-auth" + query, dev.token().reveal());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    @Test
    void severalProvidersOfOneKindAreListedWithOnesOwnLinksOnly() {
        String bob = arranged.api.person("bob");
        String carol = arranged.api.person("carol");
        link(bob, "gitlab-two");

        JsonNode bobs = json(arranged.api.get(BASE, bob));
        JsonNode carols = json(arranged.api.get(BASE, carol));

        assertThat(bobs.get("providers")).hasSize(2);
        assertThat(bobs.get("providers").get(1).get("display_name").asString()).isEqualTo("The other one");
        assertThat(bobs.get("links")).hasSize(1);
        assertThat(bobs.get("links").get(0).get("provider_id").asString()).isEqualTo("gitlab-two");
        assertThat(bobs.get("links").get(0).get("authenticated").asBoolean()).isTrue();
        assertThat(bobs.toString()).doesNotContain("access-").doesNotContain("s3cret");
        assertThat(carols.get("links")).isEmpty();
        assertThat(arranged.api.get(BASE + "/nowhere", bob).statusCode()).isEqualTo(404);
    }

    @Test
    void aCodeIsTakenOnlyInTheBrowserThatBeganAndOnlyOnce() {
        String dave = arranged.api.person("dave");
        String callback = "/external-auth/gitlab/callback";
        var begun = browse(callback, dave, List.of());
        URI back =
                provider.agree(URI.create(begun.headers().firstValue("Location").orElseThrow()));
        String path = back.getRawPath() + "?" + back.getRawQuery();

        assertThat(browse(path, dave, List.of()).statusCode()).isEqualTo(400);
        assertThat(browse(path.replaceAll("state=[^&]*", "state=x"), dave, cookies(begun))
                        .statusCode())
                .isEqualTo(400);
        assertThat(browse(path, dave, cookies(begun)).statusCode()).isEqualTo(303);
        assertThat(browse(path, dave, cookies(begun)).statusCode()).isEqualTo(400);
        assertThat(browse(callback + "?error=access_denied", dave, cookies(begun))
                        .statusCode())
                .isEqualTo(400);
        assertThat(browse(callback, "nobody", List.of()).statusCode()).isEqualTo(401);
    }

    @Test
    void anExpiredTokenIsRenewedAndARefusalIsTold() {
        String erin = arranged.api.person("erin");
        var dev = arranged.workspace("erin", "expiring");
        link(erin, "gitlab");
        String first = agent(dev, "?id=gitlab").get("access_token").asString();

        expire("erin");
        String second = agent(dev, "?id=gitlab").get("access_token").asString();
        assertThat(second).isNotEqualTo(first).isNotEmpty();

        provider.refuseRefreshing(true);
        try {
            expire("erin");
            JsonNode refused = agent(dev, "?id=gitlab");
            assertThat(refused.get("access_token").asString()).isEmpty();
            assertThat(json(arranged.api.get(BASE, erin))
                            .get("links")
                            .get(0)
                            .get("validate_error")
                            .asString())
                    .contains("invalid_grant");
        } finally {
            provider.refuseRefreshing(false);
        }
        link(erin, "gitlab");
        assertThat(agent(dev, "?id=gitlab").get("access_token").asString()).isNotEmpty();
    }

    private static void expire(String username) {
        arranged.sql(
                "UPDATE external_auth_links SET expires_at = now() - interval '1 minute' WHERE user_id = '%s'",
                arranged.userId(username));
    }

    @Test
    void aTokenThatTheProviderEndedIsNotGood() {
        String frank = arranged.api.person("frank");
        var dev = arranged.workspace("frank", "ended");
        link(frank, "gitlab");
        provider.end(agent(dev, "?id=gitlab").get("access_token").asString());

        assertThat(json(arranged.api.get(BASE + "/gitlab", frank))
                        .get("authenticated")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void aDeletedLinkIsGoneHereAndAtTheProvider() {
        String gina = arranged.api.person("gina");
        var dev = arranged.workspace("gina", "deleted");
        link(gina, "gitlab");
        String token = agent(dev, "?id=gitlab").get("access_token").asString();

        var deleted = arranged.api.send("DELETE", BASE + "/gitlab", gina, null);

        assertThat(json(deleted).get("token_revoked").asBoolean()).isTrue();
        assertThat(provider.isGood(token)).isFalse();
        assertThat(agent(dev, "?id=gitlab").get("access_token").asString()).isEmpty();
        assertThat(arranged.api.send("DELETE", BASE + "/gitlab", gina, null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aDeviceIsLinkedOnceItsCodeWasTyped() {
        String hugo = arranged.api.person("hugo");

        JsonNode device = json(arranged.api.get(BASE + "/gitlab/device", hugo));
        var body = Map.of("device_code", device.get("device_code").asString());
        var pending = arranged.api.send("POST", BASE + "/gitlab/device", hugo, body);
        provider.type(device.get("user_code").asString());
        var done = arranged.api.send("POST", BASE + "/gitlab/device", hugo, body);

        assertThat(pending.statusCode()).isEqualTo(400);
        assertThat(json(pending).get("detail").asString()).isEqualTo("authorization_pending");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(204);
        assertThat(json(arranged.api.get(BASE + "/gitlab", hugo))
                        .get("authenticated")
                        .asBoolean())
                .isTrue();
        assertThat(arranged.api.get(BASE + "/gitlab-two/device", hugo).statusCode())
                .isEqualTo(400);
    }

    @Test
    void anAgentAsksForOneProviderAndGetsNothingOfASuspendedOwner() {
        String ines = arranged.api.person("ines");
        var dev = arranged.workspace("ines", "asking");
        link(ines, "gitlab");
        String path = "/api/v2/workspaceagents/me/external-auth";
        String token = dev.token().reveal();

        assertThat(arranged.api.get(path, token).statusCode()).isEqualTo(400);
        assertThat(arranged.api.get(path + "?id=gitlab&match=x", token).statusCode())
                .isEqualTo(400);
        assertThat(arranged.api
                        .get(path + "?match=https://elsewhere.example.com", token)
                        .statusCode())
                .isEqualTo(404);
        for (String hostile : List.of(
                "https://gitlab.example.com@evil.example/",
                "https://gitlab.example.com/%0aevil@elsewhere.example/../x",
                "https://evil.example%5C@gitlab.example.com/",
                "https://gitlab.example.com%0a/")) {
            String asked =
                    java.net.URLEncoder.encode(hostile.replace("%0a", "\n").replace("%5C", "\\"), UTF_8);
            assertThat(arranged.api.get(path + "?match=" + asked, token).statusCode())
                    .as(hostile)
                    .isEqualTo(404);
        }
        assertThat(arranged.api
                        .get("/api/v2/workspaceagents/me/gitauth?match=https://me@gitlab.example.com", token)
                        .body())
                .contains("access-");
        assertThat(arranged.api.get(path + "?id=gitlab", ines).statusCode()).isEqualTo(401);
        arranged.api.send("PUT", "/api/v2/users/ines/status/suspend", arranged.api.owner(), null);
        assertThat(agent(dev, "?id=gitlab").get("access_token").asString()).isEmpty();
    }

    @Test
    void anAgentThatListensHearsOfTheLinkAtOnce() throws Exception {
        String jan = arranged.api.person("jan");
        var dev = arranged.workspace("jan", "listening");
        var heard = new java.util.concurrent.CompletableFuture<JsonNode>();
        Thread.ofVirtual().start(() -> heard.complete(agent(dev, "?id=gitlab&listen=true")));

        link(jan, "gitlab");

        assertThat(heard.get(20, java.util.concurrent.TimeUnit.SECONDS)
                        .get("access_token")
                        .asString())
                .isNotEmpty();
    }

    @Test
    void aNarrowTokenNeitherSeesNorMakesLinks() {
        String kim = arranged.api.person("kim");
        String narrow = json(arranged.api.send(
                        "POST",
                        "/api/v2/users/me/keys/tokens",
                        kim,
                        Map.of("token_name", "narrow", "scopes", List.of("workspace:read"))))
                .get("key")
                .asString();

        assertThat(arranged.api.get(BASE, narrow).statusCode()).isEqualTo(403);
        assertThat(arranged.api.get("/external-auth/gitlab/callback", narrow).statusCode())
                .isIn(403, 404);
    }

    @Test
    void aFileThatIsWrongIsToldToTheOperator() throws IOException {
        String good = "client-id: a\n  client-secret: b\n  auth-url: https://x.example.com/a\n"
                + "  token-url: https://x.example.com/t\n";

        assertWrong("- type: github\n  client-id: x\n", "client-secret");
        assertWrong("- type: other\n  " + good + "  colour: red\n", "colour");
        assertWrong("- type: other\n  " + good + "- type: other\n  " + good, "two providers");
        assertWrong(
                "- type: other\n  " + good.replace("https://x.example.com/t", "http://x.example.com/t"), "https://");
        assertWrong("- type: other\n  " + good + "  regex: '('\n", "regex");
        assertWrong("type: other\n", "list");
        Path open = write("- type: other\n  " + good);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Providers.in(open)).hasMessageContaining("chmod 600");
        assertThat(Providers.in(write("- type: other\n  " + good)).all()).hasSize(1);
    }

    private static void assertWrong(String yaml, String word) throws IOException {
        Path file = write(yaml);
        assertThatThrownBy(() -> Providers.in(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(word);
    }
}
