package dev.cloister.server.notification;

import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.testing.TestApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Inboxes, preferences and what the deployment decides, over HTTP. */
class NotificationApiTest {
    private static final String INBOX = "/api/v2/notifications/inbox";
    private static final String CUSTOM = "/api/v2/notifications/custom";
    private static final String MINE = "/api/v2/users/me/notifications/preferences";

    private TestApi api;
    private String ann;

    @BeforeEach
    void start() {
        api = new TestApi().setUp();
        ann = api.person("ann");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void deliver() throws InterruptedException {
        while (api.notifications.delivery().round() > 0) {}
    }

    private static Map<String, Object> custom(String title, String message) {
        return Map.of("content", Map.of("title", title, "message", message));
    }

    private void tell(String token, String title) throws InterruptedException {
        assertThat(api.send("POST", CUSTOM, token, custom(title, "Text")).statusCode())
                .isEqualTo(204);
        deliver();
    }

    private JsonNode inbox(String token, String query) {
        var answer = api.get(INBOX + query, token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    private static List<String> titles(JsonNode inbox) {
        return inbox.get("notifications")
                .valueStream()
                .map(one -> one.get("title").asString())
                .toList();
    }

    private UUID id(String username) {
        return UUID.fromString(api.database.look("SELECT id FROM users WHERE username = '" + username + "'"));
    }

    @Test
    void anInboxIsReadPageByPageNewestFirst() throws InterruptedException {
        for (int i = 1; i <= 30; i++) {
            tell(ann, "Number " + i);
        }
        JsonNode first = inbox(ann, "");
        assertThat(titles(first)).hasSize(25).startsWith("Number 30", "Number 29");
        assertThat(first.get("unread_count").asInt()).isEqualTo(30);
        JsonNode newest = first.get("notifications").get(0);
        assertThat(newest.get("user_id").asString()).isEqualTo(id("ann").toString());
        assertThat(newest.get("read_at").isNull()).isTrue();
        assertThat(newest.get("actions").isArray()).isTrue();
        assertThat(newest.get("content").asString()).isEqualTo("Text");
        String last = first.get("notifications").get(24).get("id").asString();
        assertThat(titles(inbox(ann, "?starting_before=" + last)))
                .containsExactly("Number 5", "Number 4", "Number 3", "Number 2", "Number 1");
    }

    @Test
    void aNotificationIsMarkedAsReadAndUnreadAgain() throws InterruptedException {
        tell(ann, "One");
        tell(ann, "Two");
        String id = inbox(ann, "").get("notifications").get(0).get("id").asString();
        var read = api.send("PUT", INBOX + "/" + id + "/read-status", ann, Map.of("is_read", true));
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(json(read).get("unread_count").asInt()).isEqualTo(1);
        assertThat(json(read).get("notification").get("read_at").isNull()).isFalse();
        assertThat(titles(inbox(ann, "?read_status=unread"))).containsExactly("One");
        assertThat(titles(inbox(ann, "?read_status=read"))).containsExactly("Two");
        api.send("PUT", INBOX + "/" + id + "/read-status", ann, Map.of("is_read", false));
        assertThat(inbox(ann, "").get("unread_count").asInt()).isEqualTo(2);
        assertThat(api.send("PUT", INBOX + "/mark-all-as-read", ann, null).statusCode())
                .isEqualTo(204);
        assertThat(inbox(ann, "").get("unread_count").asInt()).isZero();
    }

    @Test
    void anInboxIsFilteredByTemplatesAndTargets() throws InterruptedException {
        tell(ann, "Mine");
        String template = Occasion.CUSTOM.id().toString();
        assertThat(titles(inbox(ann, "?templates=" + template))).containsExactly("Mine");
        assertThat(titles(inbox(ann, "?templates=" + Occasion.TEST.id()))).isEmpty();
        assertThat(titles(inbox(ann, "?targets=" + UUID.randomUUID()))).isEmpty();
        for (String wrong : List.of(
                "?templates=x",
                "?targets=1,2",
                "?read_status=maybe",
                "?starting_before=x",
                "?starting_before=" + UUID.randomUUID())) {
            assertThat(api.get(INBOX + wrong, ann).statusCode()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void nobodyReachesAnotherPersonsInbox() throws InterruptedException {
        tell(ann, "Private");
        String foreign = inbox(ann, "").get("notifications").get(0).get("id").asString();
        String none = UUID.randomUUID().toString();
        for (String token : List.of(api.person("bea"), api.outsider("cleo"), api.owner())) {
            assertThat(titles(inbox(token, ""))).doesNotContain("Private");
            var atForeign = api.send("PUT", INBOX + "/" + foreign + "/read-status", token, Map.of("is_read", true));
            var atNone = api.send("PUT", INBOX + "/" + none + "/read-status", token, Map.of("is_read", true));
            assertThat(atForeign.statusCode()).isEqualTo(404);
            assertThat(atForeign.body()).isEqualTo(atNone.body());
            assertThat(api.get(INBOX + "?starting_before=" + foreign, token).body())
                    .isEqualTo(
                            api.get(INBOX + "?starting_before=" + none, token).body());
        }
        assertThat(inbox(ann, "").get("unread_count").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsNoNotificationToOneselfIsRefused() throws InterruptedException {
        for (Object body : List.of(
                Map.of(),
                custom("", "x"),
                custom("x", " "),
                custom("x".repeat(121), "x"),
                custom("x", "x".repeat(2001)),
                Map.of("content", 7))) {
            var answer = api.send("POST", CUSTOM, ann, body);
            assertThat(answer.statusCode()).as("%s", body).isEqualTo(400);
            assertThat(json(answer).get("validations").size()).isPositive();
        }
        deliver();
        assertThat(titles(inbox(ann, ""))).isEmpty();
    }

    @Test
    void theTestGoesToWhoAsksAndOnlyToThoseWhoSetTheDeploymentUp() throws InterruptedException {
        assertThat(api.send("POST", "/api/v2/notifications/test", ann, null).statusCode())
                .isEqualTo(403);
        for (int i = 0; i < 2; i++) {
            assertThat(api.send("POST", "/api/v2/notifications/test", api.owner(), null)
                            .statusCode())
                    .isEqualTo(204);
        }
        deliver();
        assertThat(titles(inbox(api.owner(), "?templates=" + Occasion.TEST.id())))
                .hasSize(2);
        assertThat(titles(inbox(ann, ""))).isEmpty();
    }

    @Test
    void aPersonIsToldOnlyWhatTheyWant() throws InterruptedException {
        assertThat(json(api.get(MINE, ann)).size()).isZero();
        var off = api.send("PUT", MINE, ann, choice(Occasion.CUSTOM.id().toString(), true));
        assertThat(off.statusCode()).isEqualTo(200);
        assertThat(json(off).get(0).get("id").asString())
                .isEqualTo(Occasion.CUSTOM.id().toString());
        assertThat(json(off).get(0).get("disabled").asBoolean()).isTrue();
        tell(ann, "Unwanted");
        assertThat(titles(inbox(ann, ""))).isEmpty();
        api.send("PUT", MINE, ann, choice(Occasion.CUSTOM.id().toString(), false));
        tell(ann, "Wanted");
        assertThat(titles(inbox(ann, ""))).containsExactly("Wanted");
        assertThat(json(api.get("/api/v2/audit?q=resource_type:user", api.owner()))
                        .get("audit_logs")
                        .toString())
                .contains("notifications_off");
    }

    private static Map<String, Object> choice(String template, Object off) {
        return Map.of("template_disabled_map", Map.of(template, off));
    }

    @Test
    void preferencesThatMakeNoSenseChangeNothing() {
        for (Object body : List.of(
                choice("x", true),
                choice(UUID.randomUUID().toString(), true),
                choice(Occasion.TEST.id().toString(), "yes"))) {
            var answer = api.send("PUT", MINE, ann, body);
            assertThat(answer.statusCode()).as("%s", body).isEqualTo(400);
            assertThat(json(answer).get("validations").size()).isPositive();
        }
        assertThat(json(api.get(MINE, ann)).size()).isZero();
    }

    @Test
    void whatOthersChoseCannotBeToldFromNothing() {
        String bea = api.person("bea");
        var foreign = api.get("/api/v2/users/" + id("ann") + "/notifications/preferences", bea);
        var missing = api.get("/api/v2/users/" + UUID.randomUUID() + "/notifications/preferences", bea);
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(missing.body());
        assertThat(api.send("PUT", "/api/v2/users/ann/notifications/preferences", bea, Map.of())
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.get("/api/v2/users/ann/notifications/preferences", api.owner())
                        .statusCode())
                .isEqualTo(200);
        assertThat(api.get("/api/v2/users/" + UUID.randomUUID() + "/notifications/preferences", api.owner())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void nothingIsSentWhileSendingRestsAndAllOfItAfterwards() throws InterruptedException {
        var pause = api.send("PUT", "/api/v2/notifications/settings", api.owner(), Map.of("notifier_paused", true));
        assertThat(pause.statusCode()).isEqualTo(200);
        assertThat(json(pause).get("notifier_paused").asBoolean()).isTrue();
        assertThat(api.send("PUT", "/api/v2/notifications/settings", api.owner(), Map.of("notifier_paused", true))
                        .statusCode())
                .isEqualTo(304);
        assertThat(api.send("PUT", "/api/v2/notifications/settings", ann, Map.of("notifier_paused", false))
                        .statusCode())
                .isEqualTo(403);
        tell(ann, "Later");
        assertThat(titles(inbox(ann, ""))).isEmpty();
        assertThat(json(api.get("/api/v2/notifications/settings", ann))
                        .get("notifier_paused")
                        .asBoolean())
                .isTrue();
        api.send("PUT", "/api/v2/notifications/settings", api.owner(), Map.of("notifier_paused", false));
        deliver();
        assertThat(titles(inbox(ann, ""))).containsExactly("Later");
        assertThat(json(api.get("/api/v2/audit?q=resource_type:notifications_settings", api.owner()))
                        .get("count")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void kindsAreListedWithTheirWordingAndTheirMethodIsSet() {
        JsonNode kinds = json(api.get("/api/v2/notifications/templates/system", ann));
        assertThat(kinds.size()).isEqualTo(Occasion.values().length - 1);
        JsonNode created = kinds.get(0);
        assertThat(created.get("id").asString()).isEqualTo("281fdf73-c6d6-4cbb-8ff5-888baf8a2fff");
        assertThat(created.get("enabled_by_default").asBoolean()).isFalse();
        assertThat(created.get("method").asString()).isEmpty();
        assertThat(ApiJson.mapper().readTree(created.get("actions").asString()).isArray())
                .isTrue();
        assertThat(json(api.get("/api/v2/notifications/templates/custom", ann)).size())
                .isEqualTo(1);

        String path = "/api/v2/notifications/templates/" + Occasion.TEST.id() + "/method";
        assertThat(api.send("PUT", path, ann, Map.of("method", "inbox")).statusCode())
                .isEqualTo(403);
        assertThat(api.send("PUT", path, api.owner(), Map.of("method", "pigeon"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.send("PUT", path, api.owner(), Map.of("method", "webhook"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(api.send("PUT", path, api.owner(), Map.of("method", "webhook"))
                        .statusCode())
                .isEqualTo(304);
        assertThat(api.get("/api/v2/notifications/templates/system", ann).body())
                .contains("\"method\":\"webhook\"");
        assertThat(api.send("PUT", path, api.owner(), Map.of("method", "")).statusCode())
                .isEqualTo(200);
        String none = "/api/v2/notifications/templates/" + UUID.randomUUID() + "/method";
        assertThat(api.send("PUT", none, api.owner(), Map.of("method", "inbox")).statusCode())
                .isEqualTo(404);
        assertThat(json(api.get("/api/v2/audit?q=resource_type:notification_template", api.owner()))
                        .get("count")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void methodsAreThoseThatHaveSomewhereToSendTo() {
        JsonNode methods = json(api.get("/api/v2/notifications/dispatch-methods", ann));
        assertThat(methods.get("available").toString()).isEqualTo("[\"inbox\"]");
        assertThat(methods.get("default").asString()).isEqualTo("inbox");
    }

    @Test
    void administratorsAreToldOfAccountsOnceADay() throws InterruptedException {
        deliver();
        assertThat(titles(inbox(api.owner(), ""))).containsExactly("The account \"ann\" was created");
        for (String change : List.of("suspend", "activate", "suspend", "activate")) {
            assertThat(api.send("PUT", "/api/v2/users/ann/status/" + change, api.owner(), null)
                            .statusCode())
                    .isEqualTo(200);
        }
        deliver();
        assertThat(titles(inbox(api.owner(), "")))
                .containsExactlyInAnyOrder(
                        "The account \"ann\" was created",
                        "The account \"ann\" was suspended",
                        "The account \"ann\" was activated");
        assertThat(titles(inbox(api.login("ann@example.com"), "")))
                .containsExactlyInAnyOrder("Your account was suspended", "Your account was activated");
        api.send("DELETE", "/api/v2/users/ann", api.owner(), null);
        deliver();
        assertThat(titles(inbox(api.owner(), ""))).contains("The account \"ann\" was deleted");
    }

    @Test
    void whatIsRefusedIsToldToNobody() throws InterruptedException {
        deliver();
        HttpResponse<String> twice = api.send(
                "POST",
                "/api/v2/users",
                api.owner(),
                Map.of(
                        "username",
                        "ann",
                        "email",
                        "other@example.com",
                        "password",
                        TestApi.PASSWORD,
                        "organization_ids",
                        List.of(api.organization())));
        assertThat(twice.statusCode()).isEqualTo(409);
        deliver();
        assertThat(inbox(api.owner(), "").get("unread_count").asInt()).isEqualTo(1);
    }

    /** What a WebSocket has received. */
    private static final class Frames implements WebSocket.Listener {
        final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(ApiJson.mapper().readTree(partial.toString()));
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }

    @Test
    void whatComesIsPushedToWhoItIsFor() throws InterruptedException {
        var anns = new Frames();
        var admins = new Frames();
        try (var client = HttpClient.newHttpClient()) {
            var first = watch(client, anns, ann, "?format=plaintext");
            var second = watch(client, admins, api.owner(), "?templates=" + Occasion.CUSTOM.id());
            assertThat(api.send("POST", CUSTOM, ann, custom("Hello", "Some *text*"))
                            .statusCode())
                    .isEqualTo(204);
            deliver();
            JsonNode frame = anns.frames.poll(20, TimeUnit.SECONDS);
            assertThat(frame).isNotNull();
            assertThat(frame.get("unread_count").asInt()).isEqualTo(1);
            assertThat(frame.get("notification").get("title").asString()).isEqualTo("Hello");
            assertThat(frame.get("notification").get("content").asString()).isEqualTo("Some text");
            tell(api.owner(), "To the administrator");
            JsonNode other = admins.frames.poll(20, TimeUnit.SECONDS);
            assertThat(other).isNotNull();
            assertThat(other.get("notification").get("title").asString()).isEqualTo("To the administrator");
            assertThat(anns.frames).isEmpty();
            first.abort();
            second.abort();
        }
    }

    private WebSocket watch(HttpClient client, Frames frames, String token, String query) {
        URI url = URI.create(api.url().toString().replace("http://", "ws://") + INBOX + "/watch" + query);
        return client.newWebSocketBuilder()
                .header("Coder-Session-Token", token)
                .buildAsync(url, frames)
                .join();
    }
}
