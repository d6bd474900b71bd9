package dev.cloister.server.notification.webpush;

import static dev.cloister.server.testing.TestApi.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.server.notification.Method;
import dev.cloister.server.notification.Notifications;
import dev.cloister.server.notification.delivery.DeliverySettings;
import dev.cloister.server.testing.TestApi;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WebPushApiTest {
    private static final String MINE = "/api/v2/users/me/webpush";
    private static TestApi api;

    @BeforeAll
    static void start() {
        api = api(List.of("127.0.0.0/8"));
    }

    private static TestApi api(List<String> privateNetworks) {
        return new TestApi(
                        Clock.systemUTC(),
                        new Notifications.Settings(
                                Method.SMTP,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(new WebPush.Settings(privateNetworks, Duration.ofSeconds(10))),
                                true,
                                DeliverySettings.STANDARD))
                .setUp();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static Browser browser() throws Exception {
        return Browser.start(api.notifications.pushKey());
    }

    private static HttpResponse<String> subscribe(String token, Map<String, Object> subscription) {
        return api.send("POST", MINE + "/subscription", token, subscription);
    }

    private static int test(String token) {
        return api.send("POST", MINE + "/test", token, null).statusCode();
    }

    private static String subscriptions(String username) {
        return api.database.look("SELECT count(*) FROM webpush_subscriptions s JOIN users u ON u.id = s.user_id"
                + " WHERE u.username = '" + username + "'");
    }

    @Test
    void aSubscribedBrowserReadsATestAndEveryNotificationAfterIt() throws Exception {
        String alice = api.person("alice");
        try (var browser = browser()) {
            assertThat(subscribe(alice, browser.subscription()).statusCode()).isEqualTo(204);
            assertThat(test(alice)).isEqualTo(204);
            var body = Map.of("content", Map.of("title", "Lunch", "message", "It is **ready**."));
            assertThat(api.send("POST", "/api/v2/notifications/custom", alice, body)
                            .statusCode())
                    .isEqualTo(204);
            while (api.notifications.delivery().round() > 0) {}

            assertThat(browser.problems).isEmpty();
            assertThat(browser.read).hasSize(2);
            assertThat(browser.read.getFirst().get("title").asString()).isEqualTo("Push notifications work");
            assertThat(browser.read.getLast().get("title").asString()).isEqualTo("Lunch");
            assertThat(browser.read.getLast().get("body").asString()).contains("ready");
            assertThat(api.database.look(
                            "SELECT string_agg(encode(subscription, 'escape'), '') FROM" + " webpush_subscriptions"))
                    .doesNotContain("secret-of-the-browser");
            String log = api.get(
                            "/api/v2/audit?q=resource_target:%22push%20notifications%20in%20a%20browser%22",
                            api.owner())
                    .body();
            assertThat(log).contains("127.0.0.1").doesNotContain("secret-of-the-browser");
        }
    }

    @Test
    void whoHasNoBrowserIsNotPushedTo() {
        String bob = api.person("bob");

        assertThat(test(bob)).isEqualTo(204);
        api.send(
                "POST",
                "/api/v2/notifications/custom",
                bob,
                Map.of("content", Map.of("title", "Lunch", "message", "Ready.")));

        assertThat(api.database.look("SELECT count(*) FROM notification_messages m JOIN users u ON u.id = m.user_id"
                        + " WHERE u.username = 'bob' AND m.method = 'webpush'"))
                .isEqualTo("0");
    }

    @Test
    void aBrowserThatIsGoneIsForgottenAndOneThatIsBusyIsNot() throws Exception {
        String carol = api.person("carol");
        try (var browser = browser()) {
            subscribe(carol, browser.subscription());
            subscribe(carol, browser.subscription());
            assertThat(subscriptions("carol")).isEqualTo("1");
            browser.status = 503;
            assertThat(test(carol)).isEqualTo(502);
            assertThat(subscriptions("carol")).isEqualTo("1");
            browser.status = 410;
            assertThat(test(carol)).isEqualTo(502);
            assertThat(subscriptions("carol")).isEqualTo("0");
            assertThat(api.get("/api/v2/audit?q=action:delete%20resource_type:user", api.owner())
                            .body())
                    .contains("no longer knows it");
        }
    }

    @Test
    void aBrowserIsUnsubscribedOnce() throws Exception {
        String dave = api.person("dave");
        try (var browser = browser()) {
            subscribe(dave, browser.subscription());
            var body = Map.of("endpoint", browser.subscription().get("endpoint"));

            assertThat(api.send("DELETE", MINE + "/subscription", dave, body).statusCode())
                    .isEqualTo(204);
            assertThat(api.send("DELETE", MINE + "/subscription", dave, body).statusCode())
                    .isEqualTo(404);
            assertThat(test(dave)).isEqualTo(204);
            assertThat(browser.read).isEmpty();
        }
    }

    @Test
    void whatIsNoSubscriptionIsRefusedWithTheFields() throws Exception {
        String erin = api.person("erin");
        try (var browser = browser()) {
            var good = browser.subscription();
            for (var wrong : List.of(
                    Map.entry("endpoint", "ftp://push.example.com/x"),
                    Map.entry("endpoint", "https://user@push.example.com/x"),
                    Map.entry("endpoint", "https://push.example.com/" + "x".repeat(3000)),
                    Map.entry("endpoint", ""),
                    Map.entry("endpoint", "https:///x"),
                    Map.entry("p256dh_key", "AAAA"),
                    Map.entry(
                            "p256dh_key",
                            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAjw4"),
                    Map.entry("auth_key", "AAAA"),
                    Map.entry("auth_key", "*".repeat(22)))) {
                var given = new HashMap<>(good);
                given.put(wrong.getKey(), wrong.getValue());
                var answer = subscribe(erin, given);
                assertThat(answer.statusCode()).as(wrong.toString()).isEqualTo(400);
                assertThat(json(answer).get("validations").get(0).get("field").asString())
                        .isEqualTo(wrong.getKey());
            }
            assertThat(subscribe(erin, Map.of()).statusCode()).isEqualTo(400);
        }
        assertThat(subscriptions("erin")).isEqualTo("0");
    }

    @Test
    void aPersonHasABoundOfBrowsers() throws Exception {
        String frank = api.person("frank");
        try (var browser = browser()) {
            var given = new HashMap<>(browser.subscription());
            for (int number = 0; number < SubscriptionService.MOST; number++) {
                given.put("endpoint", browser.origin() + "/push/" + number);
                assertThat(subscribe(frank, given).statusCode()).isEqualTo(204);
            }
            given.put("endpoint", browser.origin() + "/push/one-more");
            assertThat(subscribe(frank, given).statusCode()).isEqualTo(400);
            given.put("endpoint", browser.origin() + "/push/0");
            assertThat(subscribe(frank, given).statusCode()).isEqualTo(204);
        }
    }

    @Test
    void othersCannotTellAForeignPersonFromNobody() throws Exception {
        api.person("gina");
        String hugo = api.person("hugo");
        try (var browser = browser()) {
            for (String path : List.of("/subscription", "/test")) {
                var foreign = api.send("POST", "/api/v2/users/gina/webpush" + path, hugo, browser.subscription());
                var nobody = api.send("POST", "/api/v2/users/nobody/webpush" + path, hugo, browser.subscription());
                assertThat(foreign.statusCode()).isEqualTo(404);
                assertThat(foreign.body()).isEqualTo(nobody.body());
            }
            assertThat(api.send("POST", MINE + "/subscription", "", browser.subscription())
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(subscriptions("gina")).isEqualTo("0");
    }

    @Test
    void thisServerIsNotAWayIntoItsOwnNetwork() throws Exception {
        try (var strict = api(List.of());
                var inside = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                var browser = Browser.start(strict.notifications.pushKey())) {
            var given = new HashMap<>(browser.subscription());
            assertThat(strict.send("POST", MINE + "/subscription", strict.owner(), given)
                            .statusCode())
                    .as("http")
                    .isEqualTo(400);
            for (String address : List.of(
                    "https://127.0.0.1:" + inside.getLocalPort() + "/x",
                    "https://localhost:" + inside.getLocalPort() + "/x",
                    "https://[::ffff:127.0.0.1]:" + inside.getLocalPort() + "/x",
                    "https://169.254.169.254/x")) {
                given.put("endpoint", address);
                assertThat(strict.send("POST", MINE + "/subscription", strict.owner(), given)
                                .statusCode())
                        .isEqualTo(204);
            }
            assertThat(strict.send("POST", MINE + "/test", strict.owner(), null).statusCode())
                    .isEqualTo(502);
            inside.setSoTimeout(1);
            assertThatThrownBy(inside::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
