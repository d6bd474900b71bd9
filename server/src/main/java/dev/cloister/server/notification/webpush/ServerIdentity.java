package dev.cloister.server.notification.webpush;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.ServerKeyRepository;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.secret.SecretPlace;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.TreeMap;

/**
 * The key pair by which push services know this deployment (RFC 8292). Browsers subscribe for its public half, so that
 * nobody else can send to them.
 */
final class ServerIdentity {
    private static final String NAME = "webpush-vapid-key";
    private static final SecretPlace PLACE = new SecretPlace("server_keys", "value", NAME);
    private static final Caller.Job JOB = new Caller.Job("web push key", Set.of(), Origin.internal());

    /** At most a day; short, since a push service could show it to another that is told the same. */
    private static final Duration LIFE = Duration.ofHours(1);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final PrivateKey key;
    private final byte[] point;
    private final URI home;
    private final Clock clock;

    private ServerIdentity(PrivateKey key, byte[] point, URI home, Clock clock) {
        this.key = key;
        this.point = point;
        this.home = home;
        this.clock = clock;
    }

    /**
     * The deployment's key pair, made now if this is the first start.
     *
     * @param home the address of this deployment, where a push service would complain
     */
    static ServerIdentity load(Transactions transactions, SecretCipher cipher, URI home, Clock clock) {
        var repository = new ServerKeyRepository();
        byte[] stored = transactions.change(JOB, tx -> {
            byte[] kept = repository.keep(
                    tx, NAME, () -> cipher.encrypt(PLACE, encode(CurveP256.generate())), clock.instant());
            if (cipher.isOutdated(kept)) {
                kept = cipher.encrypt(PLACE, cipher.decrypt(PLACE, kept));
                repository.replace(tx, NAME, kept);
            }
            return Changed.unaudited(kept, Unaudited.SERVER_KEY);
        });
        byte[] pair = cipher.decrypt(PLACE, stored);
        try {
            var key = KeyFactory.getInstance("EC")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Arrays.copyOfRange(pair, CurveP256.POINT_BYTES, pair.length)));
            return new ServerIdentity(key, Arrays.copyOf(pair, CurveP256.POINT_BYTES), home, clock);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the stored key of web push cannot be read", e);
        }
    }

    /** The point, then the private half (PKCS #8). */
    private static byte[] encode(KeyPair pair) {
        byte[] open = CurveP256.point((ECPublicKey) pair.getPublic());
        byte[] hidden = pair.getPrivate().getEncoded();
        return ByteBuffer.allocate(open.length + hidden.length)
                .put(open)
                .put(hidden)
                .array();
    }

    /** As browsers take it: base64url of the point. */
    String publicKey() {
        return BASE64.encodeToString(point);
    }

    /** The {@code Authorization} for one push service. */
    String authorization(URI endpoint) {
        var claims = new TreeMap<String, Object>();
        claims.put("aud", endpoint.getScheme() + "://" + endpoint.getRawAuthority());
        claims.put("exp", clock.instant().plus(LIFE).getEpochSecond());
        if ("https".equals(home.getScheme())) {
            claims.put("sub", home.toString());
        }
        String signed = base64("{\"typ\":\"JWT\",\"alg\":\"ES256\"}") + "."
                + base64(ApiJson.mapper().writeValueAsString(claims));
        return "vapid t=" + signed + "." + BASE64.encodeToString(sign(signed)) + ", k=" + publicKey();
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(UTF_8));
    }

    private byte[] sign(String text) {
        try {
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(text.getBytes(US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK can sign by P-256", e);
        }
    }
}
