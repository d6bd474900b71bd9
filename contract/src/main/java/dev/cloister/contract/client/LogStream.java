package dev.cloister.contract.client;

import dev.cloister.contract.api.ApiJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import tools.jackson.core.JacksonException;

/**
 * Log lines as they appear, read one after the other. The server is asked for the next message only when the last has
 * been read, so that a slow reader does not fill the memory.
 */
public final class LogStream<T> implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);

    private final WebSocket socket;
    private final LogListener listener;
    private final Class<T> type;
    private final Queue<T> lines = new ArrayDeque<>();

    private LogStream(WebSocket socket, LogListener listener, Class<T> type) {
        this.socket = socket;
        this.listener = listener;
        this.type = type;
    }

    static <T> LogStream<T> open(ApiConnection connection, String path, Class<T> type) throws IOException {
        var listener = new LogListener();
        var builder = connection.http().newWebSocketBuilder().connectTimeout(CONNECT_LIMIT);
        connection.headers().forEach(builder::header);
        try {
            var socket = builder.buildAsync(webSocket(connection.server(), path), listener)
                    .join();
            return new LogStream<>(socket, listener, type);
        } catch (CompletionException failed) {
            throw reason(failed, connection.server());
        }
    }

    /** The next line, as soon as there is one; nothing at the end of the log. */
    public Optional<T> next() throws IOException {
        while (lines.isEmpty()) {
            try {
                var message = listener.next(socket);
                if (message.isEmpty()) {
                    return Optional.empty();
                }
                parse(message.get());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("Reading the log was interrupted.");
            }
        }
        return Optional.of(lines.remove());
    }

    /** Stops following. A reader that waits in {@link #next()} is woken and finds the end. */
    @Override
    public void close() {
        listener.end();
        socket.abort();
    }

    /** A message holds one line, or a list of them. */
    private void parse(String message) throws IOException {
        try {
            var tree = ApiJson.mapper().readTree(message);
            if (tree.isArray()) {
                for (var line : tree) {
                    lines.add(ApiJson.mapper().treeToValue(line, type));
                }
            } else {
                lines.add(ApiJson.mapper().treeToValue(tree, type));
            }
        } catch (JacksonException unreadable) {
            throw new UnexpectedAnswerException("The server sent a log line that cannot be read.", unreadable);
        }
    }

    static URI webSocket(URI server, String path) {
        var http = server.resolve(path).toString();
        return URI.create("ws" + http.substring("http".length())); // http: becomes ws:, https: becomes wss:
    }

    private static IOException reason(CompletionException failed, URI server) {
        if (failed.getCause() instanceof WebSocketHandshakeException refused) {
            var response = refused.getResponse();
            var body = response.body() instanceof String text ? text : "";
            return new ApiException(
                    response.statusCode(),
                    ApiConnection.errorIn(response.statusCode(), body.getBytes(StandardCharsets.UTF_8)));
        }
        return new IOException("The log of " + server + " cannot be followed.", failed.getCause());
    }
}
