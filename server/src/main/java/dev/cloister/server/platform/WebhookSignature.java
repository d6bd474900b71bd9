package dev.cloister.server.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.Secret;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What shows the receiver of a post that it comes from this server, and when: {@code t=SECONDS,v1=HEX}, the HMAC-SHA-256
 * of {@code SECONDS.BODY}. A receiver refuses what is too old, so that nobody can send it again later.
 */
public final class WebhookSignature {
    /** The header that carries it. */
    public static final String HEADER = "X-Cloister-Signature";

    private WebhookSignature() {}

    /** The value of the header. */
    public static String of(Secret secret, Instant now, byte[] body) {
        String time = Long.toString(now.getEpochSecond());
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(UTF_8));
            return "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
