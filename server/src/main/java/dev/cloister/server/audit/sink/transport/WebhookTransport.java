package dev.cloister.server.audit.sink.transport;

import dev.cloister.contract.Secret;
import dev.cloister.server.platform.WebhookSignature;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Posts each batch as lines to any address; with a secret, signed as notifications are. */
final class WebhookTransport implements Transport {
    private final URI address;
    private final Optional<Secret> secret;
    private final Optional<Secret> authorization;
    private final HttpSender http;
    private final Clock clock;

    WebhookTransport(Opening opening) {
        address = URI.create(opening.text("url", ""));
        secret = opening.secret("signing_secret");
        authorization = opening.secret("authorization");
        http = new HttpSender(opening.text("ca_certificates"));
        clock = opening.clock();
    }

    @Override
    public Limits limits() {
        return Limits.OF_HTTP;
    }

    @Override
    public void deliver(Shipment shipment) throws NotDeliveredException, InterruptedException {
        byte[] body = shipment.text();
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", shipment.mediaType());
        headers.put("X-Cloister-Log", shipment.log());
        headers.put("X-Cloister-First", Long.toString(shipment.first()));
        headers.put("X-Cloister-Next", Long.toString(shipment.next()));
        authorization.ifPresent(value -> headers.put("Authorization", value.reveal()));
        secret.ifPresent(key -> headers.put(WebhookSignature.HEADER, WebhookSignature.of(key, clock.instant(), body)));
        HttpSender.require(http.post(address, headers, body));
    }

    @Override
    public void close() {
        http.close();
    }
}
