package dev.cloister.gateway.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** The server's part of opening a WebSocket (RFC 6455, 4.2). No extension and no subprotocol is agreed on. */
final class Handshake {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int NONCE = 16;

    private Handshake() {}

    /** Fills the answer in; false where the request is not one that can be accepted. */
    static boolean accept(Request request, Response response) {
        HttpFields headers = request.getHeaders();
        @Nullable String key = headers.get(HttpHeader.SEC_WEBSOCKET_KEY);
        boolean good = "GET".equals(request.getMethod())
                && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && "websocket".equalsIgnoreCase(headers.get(HttpHeader.UPGRADE))
                && headers.contains(HttpHeader.CONNECTION, "upgrade")
                && "13".equals(headers.get(HttpHeader.SEC_WEBSOCKET_VERSION))
                && key != null
                && isNonce(key.strip());
        if (!good) {
            return false;
        }
        response.setStatus(101);
        response.getHeaders()
                .put(new HttpField(HttpHeader.UPGRADE, "websocket"))
                .put(new HttpField(HttpHeader.CONNECTION, "Upgrade"))
                .put(new HttpField(HttpHeader.SEC_WEBSOCKET_ACCEPT, acceptance(key.strip())));
        return true;
    }

    /** Once the answer has gone, the connection is {@code next}. */
    static void hand(Request request, Connection next) {
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, next);
    }

    private static boolean isNonce(String key) {
        try {
            return Base64.getDecoder().decode(key).length == NONCE;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String acceptance(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
