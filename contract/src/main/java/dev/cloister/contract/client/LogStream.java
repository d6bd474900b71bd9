package dev.cloister.contract.client;

import dev.cloister.contract.api.ApiJson;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import tools.jackson.core.JacksonException;

/**
 * Log lines as they appear, read one after the other. The next message is read only when the lines of the last have
 * been, so that a slow reader slows the server down instead of filling the memory.
 */
public final class LogStream<T> implements AutoCloseable {
    private final MessageStream messages;
    private final Class<T> type;
    private final Queue<T> lines = new ArrayDeque<>();
    private volatile boolean closed;

    private LogStream(MessageStream messages, Class<T> type) {
        this.messages = messages;
        this.type = type;
    }

    static <T> LogStream<T> open(ApiConnection connection, String path, Class<T> type) throws IOException {
        var uri = webSocket(connection.server(), path);
        return new LogStream<>(connection.messages().open(uri, connection.headers()), type);
    }

    /** The next line, as soon as there is one; nothing at the end of the log. */
    public Optional<T> next() throws IOException {
        while (lines.isEmpty()) {
            var message = message();
            if (message.isEmpty()) {
                return Optional.empty();
            }
            parse(message.get());
        }
        return Optional.of(lines.remove());
    }

    private Optional<String> message() throws IOException {
        try {
            return messages.next();
        } catch (IOException e) {
            if (closed) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Stops following. A reader that waits in {@link #next()} is woken and finds the end. */
    @Override
    public void close() {
        closed = true;
        messages.close();
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
}
