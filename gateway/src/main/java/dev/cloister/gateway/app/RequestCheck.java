package dev.cloister.gateway.app;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/** Which requests are not passed on at all, because an app could take them for something else than we do. */
final class RequestCheck {
    /** CONNECT asks for a tunnel to anywhere; TRACE would show the app's answer what we add to a request. */
    private static final Set<String> NO_METHODS = Set.of("CONNECT", "TRACE");

    /** Sixteen bytes in Base64 (RFC 6455, 4.1). */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

    private RequestCheck() {}

    /** An HTTP status and a sentence for the visitor. */
    record Refusal(int status, String reason) {}

    static Optional<Refusal> refusal(Request request) {
        if (NO_METHODS.contains(request.getMethod())) {
            return Optional.of(new Refusal(405, "The method " + request.getMethod() + " is not for apps."));
        }
        if (RequestHead.isUpgrade(request) && !isWebSocket(request)) {
            return Optional.of(new Refusal(400, "The request to open a WebSocket is not valid (RFC 6455, 4.1)."));
        }
        return Optional.empty();
    }

    /** After an upgrade nothing is parsed, so a body or an old version would let the two sides disagree. */
    private static boolean isWebSocket(Request request) {
        var headers = request.getHeaders();
        var key = headers.get(HttpHeader.SEC_WEBSOCKET_KEY);
        return request.getMethod().equals("GET")
                && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && !headers.contains(HttpHeader.CONTENT_LENGTH)
                && !headers.contains(HttpHeader.TRANSFER_ENCODING)
                && "13".equals(headers.get(HttpHeader.SEC_WEBSOCKET_VERSION))
                && headers.getValuesList(HttpHeader.SEC_WEBSOCKET_KEY).size() == 1
                && key != null
                && KEY.matcher(key).matches();
    }
}
