package dev.cloister.contract.client;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.ApiJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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

    private final HttpSource http;
    private final MessageStream.Dialer messages;
    private final URI server;
    private final Map<String, String> headers;

    ApiConnection(
            HttpSource http,
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

    HttpSource source() {
        return http;
    }

    HttpClient http() {
        return http.get();
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
        var request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(REQUEST_LIMIT)
                .GET();
        headers.forEach(request::setHeader);
        var response = answer(request.build());
        try (var content = response.body()) {
            if (response.statusCode() / 100 != 2) {
                throw refusal(response, content.readNBytes(MAX_ERROR));
            }
            content.transferTo(out);
        }
    }

    /** Sends a text. */
    void sendText(String path, String text) throws IOException {
        exchange("POST", path, "text/plain; charset=utf-8", BodyPublishers.ofString(text), REQUEST_LIMIT);
    }

    <T> T upload(String path, String contentType, byte[] content, Class<T> type) throws IOException {
        return parse(exchange("POST", path, contentType, BodyPublishers.ofByteArray(content), UPLOAD_LIMIT), type);
    }

    private byte[] exchange(String method, String path, @Nullable Object body) throws IOException {
        var publisher = body == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofByteArray(ApiJson.mapper().writeValueAsBytes(body));
        return exchange(method, path, body == null ? null : "application/json", publisher, REQUEST_LIMIT);
    }

    private byte[] exchange(
            String method, String path, @Nullable String contentType, BodyPublisher body, Duration limit)
            throws IOException {
        var request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(limit).method(method, body);
        headers.forEach(request::setHeader);
        request.setHeader("Accept", "application/json");
        if (contentType != null) {
            request.setHeader("Content-Type", contentType);
        }
        var response = answer(request.build());
        try (var content = response.body()) {
            var success = response.statusCode() / 100 == 2;
            var limited = content.readNBytes((success ? MAX_ANSWER : MAX_ERROR) + 1);
            if (limited.length > (success ? MAX_ANSWER : MAX_ERROR)) {
                throw new UnexpectedAnswerException("The answer of " + server + " is too long.");
            }
            if (!success) {
                throw refusal(response, limited);
            }
            return limited;
        }
    }

    private HttpResponse<InputStream> answer(HttpRequest request) throws IOException {
        try {
            return http.get().send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The request was interrupted.");
        } catch (ConnectException unreachable) {
            throw new ConnectException("Nothing answers at " + server + ".");
        }
    }

    private IOException refusal(HttpResponse<?> response, byte[] body) {
        if (response.statusCode() / 100 == 3) {
            var target = response.headers().firstValue("Location").orElse("an unnamed place");
            return new UnexpectedAnswerException(
                    server + " redirects to " + target + "; if that is your server, use its URL instead.");
        }
        return new ApiException(response.statusCode(), errorIn(response.statusCode(), body));
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
