package dev.cloister.server.notification.delivery;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.InboxNotificationAction;
import dev.cloister.server.notification.Message;
import dev.cloister.server.platform.WebhookSignature;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Posts messages to an address of the operator's, in the published form. Redirects are not followed: a message goes where
 * the operator said. Where there is a secret, {@code X-Cloister-Signature} is {@code t=SECONDS,v1=HEX}, the HMAC-SHA-256
 * of {@code SECONDS.BODY}.
 */
public final class WebhookSender implements Sender {
    private static final String VERSION = "1.1";
    private static final String PAYLOAD_VERSION = "1.2";

    private final WebhookSettings settings;
    private final HttpClient client;
    private final Clock clock;

    public WebhookSender(WebhookSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .build();
    }

    /** What is posted. */
    private record Body(
            @JsonProperty("_version") String version,
            UUID msgId,
            Payload payload,
            String title,
            String titleMarkdown,
            String body,
            String bodyMarkdown) {}

    private record Payload(
            @JsonProperty("_version") String version,
            String notificationName,
            UUID notificationTemplateId,
            UUID userId,
            String userEmail,
            String userName,
            String userUsername,
            List<InboxNotificationAction> actions,
            Map<String, String> labels,
            Map<String, String> data,
            List<UUID> targets) {}

    @Override
    public void send(Message message, Rendered words) throws DeliveryException {
        byte[] body = ApiJson.mapper().writeValueAsBytes(body(message, words));
        var request = HttpRequest.newBuilder(settings.endpoint())
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "cloister")
                .header("X-Message-Id", message.id().toString())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        settings.secret()
                .ifPresent(secret ->
                        request.header(WebhookSignature.HEADER, WebhookSignature.of(secret, clock.instant(), body)));
        int status = post(request.build());
        if (status < 200 || status > 299) {
            String told = "the webhook answered " + status;
            throw status == 410 ? DeliveryException.lasting(told) : DeliveryException.passing(told);
        }
    }

    private int post(HttpRequest request) throws DeliveryException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw DeliveryException.passing("the webhook could not be reached: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DeliveryException.passing("the server ends");
        }
    }

    private static Body body(Message message, Rendered words) {
        var recipient = message.recipient();
        return new Body(
                VERSION,
                message.id(),
                new Payload(
                        PAYLOAD_VERSION,
                        message.occasion().title(),
                        message.occasion().id(),
                        recipient.id(),
                        recipient.email(),
                        recipient.address(),
                        recipient.username(),
                        words.actions(),
                        message.labels(),
                        Map.of(),
                        message.targets()),
                words.title(),
                words.titleMarkdown(),
                words.body(),
                words.bodyMarkdown());
    }
}
