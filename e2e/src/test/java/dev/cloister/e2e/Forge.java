package dev.cloister.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A host of Git repositories on the web, by {@code git http-backend}, that takes the tokens it gave out and no others;
 * and the provider that gives them, to whoever comes with a device's code.
 */
final class Forge implements AutoCloseable {
    private final HttpServer server;
    private final HttpServer provider;
    private final Path repositories;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    /** What somebody signed in with, as {@code user:password}, good or not. */
    final List<String> attempts = new CopyOnWriteArrayList<>();

    private Forge(HttpServer server, HttpServer provider, Path repositories) {
        this.server = server;
        this.provider = provider;
        this.repositories = repositories;
    }

    static Forge start(String address, Path repositories) throws IOException {
        var forge = new Forge(listener(address), listener("127.0.0.1"), repositories);
        forge.provider.createContext("/device", forge::device);
        forge.provider.createContext("/token", forge::token);
        forge.server.createContext("/", forge::git);
        forge.provider.start();
        forge.server.start();
        return forge;
    }

    private static HttpServer listener(String address) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        return server;
    }

    /** Where tokens are given out. */
    String provider() {
        return "http://127.0.0.1:" + provider.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String place() {
        return server.getAddress().getAddress().getHostAddress() + ":" + port();
    }

    /** No token that was given out is good any more. */
    void revokeAll() {
        tokens.clear();
    }

    private void device(HttpExchange exchange) throws IOException {
        json(exchange, """
                {"device_code": "device", "user_code": "code", "verification_uri": "http://%s/", "expires_in": 600,
                "interval": 1}""".formatted(place()));
    }

    private void token(HttpExchange exchange) throws IOException {
        var token = "token-" + Long.toHexString(System.nanoTime());
        tokens.add(token);
        json(exchange, """
                {"access_token": "%s", "token_type": "bearer"}""".formatted(token));
    }

    private static void json(HttpExchange exchange, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer(exchange, 200, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void git(HttpExchange exchange) throws IOException {
        var request = exchange.getRequestBody().readAllBytes();
        var given = exchange.getRequestHeaders().getFirst("Authorization");
        if (given == null || !isGood(given)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
            answer(exchange, 401, new byte[0]);
            return;
        }
        backend(exchange, request);
    }

    private boolean isGood(String authorization) {
        var text = authorization.replaceFirst("^Basic ", "");
        var pair = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        attempts.add(pair);
        return tokens.contains(pair.substring(pair.indexOf(':') + 1));
    }

    /** Runs the program as the Common Gateway Interface (RFC 3875) says. */
    private void backend(HttpExchange exchange, byte[] request) throws IOException {
        var uri = exchange.getRequestURI();
        var builder = new ProcessBuilder("git", "http-backend");
        builder.environment()
                .putAll(Map.of(
                        "GIT_PROJECT_ROOT", repositories.toString(),
                        "GIT_HTTP_EXPORT_ALL", "1",
                        "REMOTE_USER", "somebody",
                        "PATH_INFO", uri.getPath(),
                        "QUERY_STRING", uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                        "REQUEST_METHOD", exchange.getRequestMethod(),
                        "CONTENT_LENGTH", Integer.toString(request.length),
                        "CONTENT_TYPE", header(exchange, "Content-Type"),
                        "HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"),
                        "GIT_PROTOCOL", header(exchange, "Git-Protocol")));
        var process = builder.start();
        Thread.ofVirtual().start(() -> {
            try (var input = process.getOutputStream()) {
                input.write(request);
            } catch (IOException e) {
                // It has ended without reading everything.
            }
        });
        relay(exchange, process.getInputStream().readAllBytes());
    }

    private static String header(HttpExchange exchange, String name) {
        var value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void relay(HttpExchange exchange, byte[] said) throws IOException {
        int status = 200;
        int at = 0;
        while (true) {
            int end = at;
            while (said[end] != '\n') {
                end++;
            }
            var line = new String(said, at, end - at, StandardCharsets.ISO_8859_1).strip();
            at = end + 1;
            if (line.isEmpty()) {
                break;
            }
            var pair = line.split(": ", 2);
            if (pair[0].equals("Status")) {
                status = Integer.parseInt(pair[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(pair[0], pair[1]);
            }
        }
        var body = new ByteArrayOutputStream();
        body.writeBytes(Arrays.copyOfRange(said, at, said.length));
        answer(exchange, status, body.toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
        provider.stop(0);
    }
}
