package dev.cloister.cli.testing;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.ApiJson;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** A real HTTP and WebSocket server that answers as it is told, and remembers what it was asked. */
public final class FakeCloister implements AutoCloseable {
    /** A request that has come in. */
    public record Call(String method, String path, String query, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public <T> T as(Class<T> type) {
            return ApiJson.mapper().readValue(body, type);
        }
    }

    /** An answer that is not simply 200 with a JSON body. */
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public static Answer json(int status, Object body) {
            return new Answer(
                    status,
                    Map.of("Content-Type", "application/json"),
                    ApiJson.mapper().writeValueAsBytes(body));
        }

        public static Answer error(int status, String message) {
            return json(status, ApiError.of(message));
        }
    }

    private final Server server = new Server();
    private final boolean encrypted;
    private final Map<String, Function<Call, Object>> routes = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<List<Object>>> logs = new ConcurrentHashMap<>();
    private final Map<String, InetSocketAddress> streams = new ConcurrentHashMap<>();

    public FakeCloister() throws Exception {
        this(Optional.empty());
    }

    /** A server that speaks TLS with that certificate. */
    public FakeCloister(SslContextFactory.Server tls) throws Exception {
        this(Optional.of(tls));
    }

    private FakeCloister(Optional<SslContextFactory.Server> tls) throws Exception {
        encrypted = tls.isPresent();
        var http = new HttpConfiguration();
        if (encrypted) {
            http.addCustomizer(new SecureRequestCustomizer(false));
        }
        var plain = new HttpConnectionFactory(http);
        var connector = encrypted
                ? new ServerConnector(server, new SslConnectionFactory(tls.get(), "http/1.1"), plain)
                : new ServerConnector(server, plain);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var upgrades = WebSocketUpgradeHandler.from(server, this::mapWebSockets);
        upgrades.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                answer(request, response, callback);
                return true;
            }
        });
        server.setHandler(upgrades);
        server.start();
        answer("GET", "/api/v2/users/me", Samples.user("alice"));
    }

    private void mapWebSockets(ServerWebSocketContainer container) {
        container.addMapping("/*", (request, response, callback) -> {
            var path = request.getHttpURI().getPath();
            calls.add(call(request, new byte[0]));
            if (logs.containsKey(path)) {
                var scripts = logs.get(path);
                return new LogSocket(scripts.size() > 1 ? scripts.remove() : scripts.element());
            }
            if (streams.containsKey(path)) {
                return new StreamSocket(streams.get(path));
            }
            var refusal = Answer.error(404, "Resource not found or you do not have access to this resource");
            write(refusal, response, callback);
            return null;
        });
    }

    public URI url() {
        return URI.create((encrypted ? "https" : "http") + "://127.0.0.1:"
                + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
    }

    /** Answers requests with that method and path. */
    public FakeCloister on(String method, String path, Function<Call, Object> answer) {
        routes.put(method + " " + path, answer);
        return this;
    }

    public FakeCloister answer(String method, String path, Object answer) {
        return on(method, path, call -> answer);
    }

    /** Sends these lines on a WebSocket, then closes it. */
    public FakeCloister log(String path, Object... lines) {
        logs.put(path, new ConcurrentLinkedDeque<>(List.of(List.of(lines))));
        return this;
    }

    /** Sends these lines on the WebSocket after the one before. */
    public FakeCloister thenLog(String path, Object... lines) {
        logs.get(path).add(List.of(lines));
        return this;
    }

    /** Joins a WebSocket to a TCP server. */
    public FakeCloister stream(String path, InetSocketAddress target) {
        streams.put(path, target);
        return this;
    }

    /** What was asked with that method and path. */
    public List<Call> calls(String method, String path) {
        return calls.stream()
                .filter(call -> call.method().equals(method) && call.path().equals(path))
                .toList();
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    private void answer(Request request, Response response, Callback callback) throws Exception {
        var bytes = Content.Source.asInputStream(request).readAllBytes();
        var call = call(request, bytes);
        calls.add(call);
        var route = routes.get(call.method() + " " + call.path());
        Object answer = route == null ? Answer.error(404, "Route not found.") : route.apply(call);
        write(answer instanceof Answer ready ? ready : Answer.json(200, answer), response, callback);
    }

    private static void write(Answer answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    private static Call call(Request request, byte[] body) {
        var headers = new ConcurrentHashMap<String, String>();
        request.getHeaders().forEach(field -> headers.put(field.getLowerCaseName(), String.valueOf(field.getValue())));
        var query = request.getHttpURI().getQuery();
        return new Call(request.getMethod(), request.getHttpURI().getPath(), query == null ? "" : query, headers, body);
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
