package dev.cloister.server.notification.webpush;

import dev.cloister.provisioner.egress.AddressPolicy;
import dev.cloister.server.platform.http.OutgoingClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts to the push services of browsers (RFC 8030), at public addresses and those that the operator permits. */
final class PushService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PushService.class);
    private static final Duration KEPT = Duration.ofHours(24);

    private final ServerIdentity identity;
    private final OutgoingClient client;

    /** What became of a message. */
    enum Outcome {
        TAKEN,
        /** The browser is no longer subscribed. */
        GONE,
        /** Never, whatever one tries. */
        REFUSED,
        LATER
    }

    PushService(ServerIdentity identity, AddressPolicy policy, Duration timeout) {
        this.identity = identity;
        this.client = new OutgoingClient(address -> policy.refusal(address).isEmpty(), timeout);
    }

    /**
     * Tries once; never throws for what the other side does.
     *
     * @param topic a later message of the same replaces one that the browser has not fetched
     */
    Outcome push(Subscription to, byte[] message, UUID topic) throws InterruptedException {
        var key = CurveP256.publicKey(NewSubscription.bytes(to.key()).orElseThrow());
        byte[] auth = NewSubscription.bytes(to.auth().reveal()).orElseThrow();
        var headers = Map.of(
                "TTL", Long.toString(KEPT.toSeconds()),
                "Urgency", "normal",
                "Topic", topic(topic),
                "Content-Encoding", "aes128gcm",
                "Authorization", identity.authorization(to.address()));
        try {
            return outcome(client.post(to.address(), headers, PushCipher.encrypt(message, key, auth)));
        } catch (OutgoingClient.RefusedException e) {
            return Outcome.REFUSED;
        } catch (IOException e) {
            LOG.debug("the push service {} does not answer: {}", to.host(), e.toString());
            return Outcome.LATER;
        }
    }

    private static Outcome outcome(int status) {
        return switch (status) {
            case 200, 201, 202, 204 -> Outcome.TAKEN;
            case 404, 410 -> Outcome.GONE;
            case 408, 425, 429 -> Outcome.LATER;
            default -> status >= 500 ? Outcome.LATER : Outcome.REFUSED;
        };
    }

    /** At most 32 characters of base64url. */
    private static String topic(UUID id) {
        return id.toString().replace("-", "");
    }

    @Override
    public void close() {
        client.close();
    }
}
