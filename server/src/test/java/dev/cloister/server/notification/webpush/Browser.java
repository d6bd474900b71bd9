package dev.cloister.server.notification.webpush;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cloister.contract.api.ApiJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/** A browser together with its push service: checks who sends as RFC 8292 says, and reads what comes (RFC 8291). */
final class Browser implements AutoCloseable {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final HttpServer server;
    private final KeyPair keys = CurveP256.generate();
    private final byte[] auth = new byte[16];
    private final String senderKey;

    /** What the browser has read. */
    final List<JsonNode> read = new CopyOnWriteArrayList<>();

    /** Whatever was wrong with what came. */
    final List<String> problems = new CopyOnWriteArrayList<>();

    /** What the push service answers. */
    volatile int status = 201;

    private Browser(HttpServer server, String senderKey) {
        this.server = server;
        this.senderKey = senderKey;
        new java.util.Random(7).nextBytes(auth);
    }

    /** @param senderKey for which the browser subscribes */
    static Browser start(String senderKey) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var browser = new Browser(server, senderKey);
        server.createContext("/push", browser::receive);
        server.start();
        return browser;
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it tells the page that subscribes it. */
    Map<String, Object> subscription() {
        return Map.of(
                "endpoint",
                origin() + "/push/secret-of-the-browser",
                "p256dh_key",
                BASE64.encodeToString(CurveP256.point((ECPublicKey) keys.getPublic())),
                "auth_key",
                BASE64.encodeToString(auth));
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            byte[] body = exchange.getRequestBody().readAllBytes();
            checkSender(headers.getFirst("Authorization"));
            require("a time to live", headers.getFirst("TTL") != null);
            require("a topic", headers.getFirst("Topic").matches("[A-Za-z0-9_-]{1,32}"));
            require("its encoding", "aes128gcm".equals(headers.getFirst("Content-Encoding")));
            if (status < 300) {
                read.add(ApiJson.mapper().readTree(decrypt(body)));
            }
            exchange.sendResponseHeaders(status, -1);
        } catch (GeneralSecurityException | RuntimeException e) {
            problems.add(e.toString());
        }
    }

    private void require(String what, boolean holds) {
        if (!holds) {
            problems.add("without " + what);
        }
    }

    private void checkSender(String header) throws GeneralSecurityException {
        String token = header.replaceFirst("^vapid t=([^,]+), k=.*$", "$1");
        String key = header.replaceFirst("^.*, k=", "");
        require("the key that was subscribed for", key.equals(senderKey));
        String[] parts = token.split("\\.");
        var verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(CurveP256.publicKey(Base64.getUrlDecoder().decode(key)));
        verifier.update((parts[0] + "." + parts[1]).getBytes(US_ASCII));
        require("a signature", verifier.verify(Base64.getUrlDecoder().decode(parts[2])));
        var claims = ApiJson.mapper().readTree(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8));
        require("this audience", claims.get("aud").asString().equals(origin()));
        long left = claims.get("exp").asLong() - Instant.now().getEpochSecond();
        require("an end within a day", left > 0 && left < 86_400);
    }

    private byte[] decrypt(byte[] body) throws GeneralSecurityException {
        var buffer = ByteBuffer.wrap(body);
        byte[] salt = take(buffer, 16);
        require("one record", buffer.getInt() >= buffer.remaining());
        byte[] sender = take(buffer, buffer.get());
        byte[] sealed = take(buffer, buffer.remaining());
        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(keys.getPrivate());
        agreement.doPhase(CurveP256.publicKey(sender), true);
        byte[] own = CurveP256.point((ECPublicKey) keys.getPublic());
        byte[] info = ByteBuffer.allocate(14 + 65 + 65)
                .put("WebPush: info\0".getBytes(US_ASCII))
                .put(own)
                .put(sender)
                .array();
        byte[] key = derive(agreement.generateSecret(), auth, info, 32);
        byte[] content = derive(key, salt, "Content-Encoding: aes128gcm\0".getBytes(US_ASCII), 16);
        byte[] nonce = derive(key, salt, "Content-Encoding: nonce\0".getBytes(US_ASCII), 12);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(content, "AES"), new GCMParameterSpec(128, nonce));
        byte[] padded = cipher.doFinal(sealed);
        int end = padded.length - 1;
        while (padded[end] == 0) {
            end--;
        }
        require("the mark of the last record", padded[end] == 2);
        return Arrays.copyOf(padded, end);
    }

    private static byte[] take(ByteBuffer buffer, int length) {
        var bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] derive(byte[] key, byte[] salt, byte[] info, int length) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        HKDFParameterSpec.ofExtract().addIKM(key).addSalt(salt).thenExpand(info, length));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
