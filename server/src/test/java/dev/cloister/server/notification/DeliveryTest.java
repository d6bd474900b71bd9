package dev.cloister.server.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.notification.delivery.DeliverySettings;
import dev.cloister.server.notification.delivery.WebhookSettings;
import dev.cloister.server.testing.TestApi;
import dev.cloister.server.testing.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The queue and the webhook: what is sent how often, to a receiver that is there and one that is not. */
class DeliveryTest {
    private static final DeliverySettings PACE =
            new DeliverySettings(3, Duration.ofMinutes(5), Duration.ofMinutes(2), 20, Duration.ofSeconds(15));

    private record Received(String body, String message, String signature) {}

    private final TestClock clock = new TestClock();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private HttpServer receiver;
    private TestApi api;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            received.add(new Received(
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    headers.getFirst("X-Message-Id"),
                    headers.getFirst("X-Cloister-Signature")));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        receiver.start();
        var webhook = new WebhookSettings(
                URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook"),
                Optional.of(Secret.of("shared")),
                Duration.ofSeconds(10));
        api = new TestApi(
                        clock,
                        new Notifications.Settings(Method.WEBHOOK, Optional.empty(), Optional.of(webhook), true, PACE))
                .setUp();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
        api.close();
    }

    private void test() {
        assertThat(api.send("POST", "/api/v2/notifications/test", api.owner(), null)
                        .statusCode())
                .isEqualTo(204);
    }

    private void deliver() throws InterruptedException {
        while (api.notifications.delivery().round() > 0) {}
    }

    private String messages() {
        return api.database.look("SELECT coalesce(string_agg(status || ' ' || attempts, ', '), '')"
                + " FROM notification_messages WHERE method = 'webhook'");
    }

    @Test
    void aWebhookGetsThePublishedFormWithASignature() throws Exception {
        test();
        deliver();
        assertThat(received).hasSize(1);
        var one = received.getFirst();
        var body = ApiJson.mapper().readTree(one.body());
        assertThat(body.get("_version").asString()).isEqualTo("1.1");
        assertThat(body.get("msg_id").asString()).isEqualTo(one.message());
        assertThat(body.get("title").asString()).isEqualTo("Notifications work");
        assertThat(body.get("payload").get("notification_template_id").asString())
                .isEqualTo(Occasion.TEST.id().toString());
        assertThat(body.get("payload").get("user_username").asString()).isEqualTo("admin");
        assertThat(body.get("payload").get("actions").get(0).get("url").asString())
                .isEqualTo("https://cloister.example.com/deployment/notifications");
        String time = one.signature().replaceAll("t=(\\d+),v1=.*", "$1");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("shared".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(one.signature())
                .isEqualTo("t=" + time + ",v1="
                        + HexFormat.of()
                                .formatHex(mac.doFinal((time + "." + one.body()).getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aReceiverThatComesBackGetsTheMessageOnce() throws InterruptedException {
        status = 503;
        test();
        deliver();
        deliver();
        assertThat(received).hasSize(1);
        assertThat(messages()).isEqualTo("waiting 1");
        status = 200;
        clock.advance(Duration.ofMinutes(6));
        deliver();
        assertThat(received).hasSize(2);
        assertThat(received.get(0).message()).isEqualTo(received.get(1).message());
        assertThat(messages()).isEqualTo("sent 2");
        clock.advance(Duration.ofHours(1));
        deliver();
        assertThat(received).hasSize(2);
    }

    @Test
    void aMessageIsGivenUpAfterItsLastAttemptAndEachWaitIsLonger() throws InterruptedException {
        status = 500;
        test();
        deliver();
        clock.advance(Duration.ofMinutes(6));
        deliver();
        assertThat(received).hasSize(2);
        clock.advance(Duration.ofMinutes(6));
        deliver();
        assertThat(received).hasSize(2);
        clock.advance(Duration.ofMinutes(6));
        deliver();
        assertThat(messages()).isEqualTo("failed 3");
        clock.advance(Duration.ofDays(1));
        deliver();
        assertThat(received).hasSize(3);
    }

    @Test
    void aReceiverThatIsNotThereDoesNotKeepTheInboxEmpty() throws InterruptedException {
        receiver.stop(0);
        test();
        deliver();
        assertThat(api.database.look("SELECT count(*) FROM inbox_notifications"))
                .isEqualTo("1");
        assertThat(messages()).isEqualTo("waiting 1");
    }

    @Test
    void whatADeadServerHadLeasedIsSentOnceAfterItsLease() throws InterruptedException {
        test();
        var dead = new MessageRepository();
        var now = clock.instant();
        List<Message> taken = api.transactions.change(
                new Caller.Job("notifier", Set.of(), Origin.internal()),
                tx -> Changed.unaudited(
                        dead.lease(tx, UUID.randomUUID(), 20, now, now.plus(PACE.lease())),
                        Unaudited.NOTIFICATION_DELIVERY));
        assertThat(taken).hasSize(2);
        deliver();
        assertThat(received).isEmpty();
        clock.advance(PACE.lease().plusSeconds(1));
        deliver();
        deliver();
        assertThat(received).hasSize(1);
        assertThat(api.database.look("SELECT count(*) FROM inbox_notifications"))
                .isEqualTo("1");
        assertThat(messages()).isEqualTo("sent 2");
    }

    @Test
    void twoServersNeverSendTheSame() throws InterruptedException {
        for (int i = 0; i < 30; i++) {
            test();
        }
        var threads = List.of(
                Thread.ofVirtual().start(this::deliverQuietly),
                Thread.ofVirtual().start(this::deliverQuietly),
                Thread.ofVirtual().start(this::deliverQuietly));
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(received).hasSize(30);
        assertThat(received.stream().map(Received::message).distinct()).hasSize(30);
    }

    private void deliverQuietly() {
        try {
            deliver();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTemplateThatIsSentByAnotherMethodDoesNotReachTheWebhook() throws InterruptedException {
        api.send(
                "PUT",
                "/api/v2/notifications/templates/" + Occasion.TEST.id() + "/method",
                api.owner(),
                Map.of("method", "inbox"));
        test();
        deliver();
        assertThat(received).isEmpty();
        assertThat(api.database.look("SELECT count(*) FROM inbox_notifications"))
                .isEqualTo("1");
    }

    @Test
    void whoSwitchesAKindOffMeanwhileIsNotSentIt() throws InterruptedException {
        status = 503;
        test();
        deliver();
        api.send(
                "PUT",
                "/api/v2/users/me/notifications/preferences",
                api.owner(),
                Map.of("template_disabled_map", Map.of(Occasion.TEST.id().toString(), true)));
        status = 200;
        clock.advance(Duration.ofMinutes(6));
        deliver();
        assertThat(received).hasSize(1);
        assertThat(messages()).isEqualTo("inhibited 2");
    }
}
