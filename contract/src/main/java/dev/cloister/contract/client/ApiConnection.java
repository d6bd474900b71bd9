package dev.cloister.contract.client;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.ApiJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Sends requests to one server and nowhere else: redirects are reported and never followed, so that the token cannot
 * reach another host.
 */
final class ApiConnection {
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);
    private static final Duration UPLOAD_LIMIT = Duration.ofMinutes(5);
    private static final int MAX_ANSWER = 64 << 20;
    private static final int MAX_ERROR = 1 << 20;
    private static final String JSON = "application/json";

    private final HttpSender http;
    private final MessageStream.Dialer messages;
    private final URI server;
    private final Map<String, String> headers;

    ApiConnection(
            HttpSender http,
            MessageStream.Dialer messages,
            URI server,
            Optional<SessionToken> token,
            String userAgent) {
        this.http = http;
        this.messages = messages;
        this.server = server;
        var fixed = new LinkedHashMap<String, String>();
        fixed.put("User-Agent", userAgent);
        fixed.put("X-Requested-With", "cloister"); // a page of another origin cannot send this without permission
        token.ifPresent(present -> fixed.put("Coder-Session-Token", present.reveal()));
        this.headers = Map.copyOf(fixed);
    }

    HttpSender http() {
        return http;
    }

    MessageStream.Dialer messages() {
        return messages;
    }

    URI server() {
        return server;
    }

    Map<String, String> headers() {
        return headers;
    }

    <T> T get(String path, Class<T> type) throws IOException {
        return parse(exchange("GET", path, null), type);
    }

    <T> List<T> list(String path, Class<T> type) throws IOException {
        var body = exchange("GET", path, null);
        var list = ApiJson.mapper().getTypeFactory().constructCollectionType(List.class, type);
        try {
            return ApiJson.mapper().readValue(body, list);
        } catch (JacksonException unreadable) {
            throw notOurs(unreadable);
        }
    }

    <T> T send(String method, String path, @Nullable Object body, Class<T> type) throws IOException {
        return parse(exchange(method, path, body), type);
    }

    void send(String method, String path, @Nullable Object body) throws IOException {
        exchange(method, path, body);
    }

    byte[] download(String path) throws IOException {
        return exchange("GET", path, null);
    }

    /** Writes a body of any length. */
    void download(String path, OutputStream out) throws IOException {
        try (var answered = http.send("GET", server.resolve(path), headers, null, REQUEST_LIMIT)) {
            if (!answered.isSuccess()) {
                throw refusal(answered, answered.body().readNBytes(MAX_ERROR));
            }
            answered.body().transferTo(out);
        }
    }

    /** Sends a text. */
    void sendText(String path, String text) throws IOException {
        exchange("POST", path, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), REQUEST_LIMIT);
    }

    <T> T upload(String path, String contentType, byte[] content, Class<T> type) throws IOException {
        return parse(exchange("POST", path, contentType, content, UPLOAD_LIMIT), type);
    }

    private byte[] exchange(String method, String path, @Nullable Object body) throws IOException {
        if (body != null) {
            return exchange(method, path, JSON, ApiJson.mapper().writeValueAsBytes(body), REQUEST_LIMIT);
        }
        var empty = method.equals("GET") || method.equals("DELETE") ? null : new byte[0];
        return exchange(method, path, JSON, empty, REQUEST_LIMIT);
    }

    private byte[] exchange(String method, String path, String contentType, byte @Nullable [] body, Duration limit)
            throws IOException {
        var all = new LinkedHashMap<>(headers);
        all.put("Accept", JSON);
        if (body != null) {
            all.put("Content-Type", contentType);
        }
        try (var answered = http.send(method, server.resolve(path), all, body, limit)) {
            int most = answered.isSuccess() ? MAX_ANSWER : MAX_ERROR;
            var limited = answered.body().readNBytes(most + 1);
            if (limited.length > most) {
                throw new UnexpectedAnswerException("The answer of " + server + " is too long.");
            }
            if (!answered.isSuccess()) {
                throw refusal(answered, limited);
            }
            return limited;
        }
    }

    private IOException refusal(Answered answered, byte[] body) {
        if (answered.status() / 100 == 3) {
            var target = answered.location() == null ? "an unnamed place" : answered.location();
            return new UnexpectedAnswerException(
                    server + " redirects to " + target + "; if that is your server, use its URL instead.");
        }
        return new ApiException(answered.status(), errorIn(answered.status(), body));
    }

    /** The error of a body, or one made from the status where a proxy in between has answered with a page of its own. */
    static ApiError errorIn(int status, byte[] body) {
        try {
            var error = ApiJson.mapper().readValue(body, ApiError.class);
            if (error != null && !error.message().isBlank()) {
                return error;
            }
        } catch (JacksonException notJson) {
            // the status alone has to do
        }
        return ApiError.of("The server answered with status " + status + " and gave no reason.");
    }

    private <T> T parse(byte[] body, Class<T> type) throws IOException {
        try {
            var value = ApiJson.mapper().readValue(body, type);
            if (value == null) {
                throw new UnexpectedAnswerException(server + " answered with nothing.");
            }
            return value;
        } catch (JacksonException unreadable) {
            throw notOurs(unreadable);
        }
    }

    private UnexpectedAnswerException notOurs(JacksonException cause) {
        return new UnexpectedAnswerException(
                server + " does not answer like a Cloister server; is the URL right?", cause);
    }
}
