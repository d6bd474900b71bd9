package dev.cloister.server.personal.external;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cloister.contract.api.ApiJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** An OAuth 2 provider that takes the rules seriously: codes and refresh tokens work once, proofs are checked. */
final class FakeProvider implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final Set<String> access = ConcurrentHashMap.newKeySet();
    private final Set<String> refresh = ConcurrentHashMap.newKeySet();
    private final Map<String, String> devices = new ConcurrentHashMap<>();
    private final Set<String> typed = ConcurrentHashMap.newKeySet();
    private volatile boolean refuseRefreshing;

    private FakeProvider(HttpServer server) {
        this.server = server;
    }

    static FakeProvider start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var provider = new FakeProvider(server);
        server.createContext("/token", exchange -> provider.token(exchange));
        server.createContext("/user", exchange -> provider.user(exchange));
        server.createContext("/revoke", exchange -> provider.revoke(exchange));
        server.createContext("/device", exchange -> provider.device(exchange));
        server.start();
        return provider;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What a person does who agrees: where the provider sends their browser. */
    URI agree(URI authorization) {
        Map<String, String> query = parse(authorization.getRawQuery());
        if (!authorization.toString().startsWith(url() + "/authorize?")
                || !"code".equals(query.get("response_type"))
                || !"S256".equals(query.get("code_challenge_method"))) {
            throw new AssertionError("not an authorization request: " + authorization);
        }
        String code = "code-" + UUID.randomUUID();
        codes.put(code, query);
        return URI.create(
                query.get("redirect_uri") + "?code=" + code + "&state=" + URLEncoder.encode(query.get("state"), UTF_8));
    }

    void type(String userCode) {
        typed.add(userCode);
    }

    boolean isGood(String token) {
        return access.contains(token);
    }

    void end(String token) {
        access.remove(token);
    }

    void refuseRefreshing(boolean refuse) {
        refuseRefreshing = refuse;
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(exchange);
        if (!"cloister".equals(form.get("client_id")) || !"s3cret".equals(form.get("client_secret"))) {
            answer(exchange, 401, Map.of("error", "invalid_client"));
            return;
        }
        switch (form.get("grant_type")) {
            case "authorization_code" -> {
                Map<String, String> asked = codes.remove(form.get("code"));
                boolean good = asked != null
                        && asked.get("redirect_uri").equals(form.get("redirect_uri"))
                        && asked.get("code_challenge").equals(challenge(form.get("code_verifier")));
                give(exchange, good);
            }
            case "refresh_token" -> give(exchange, refresh.remove(form.get("refresh_token")) && !refuseRefreshing);
            default -> {
                String user = devices.get(form.get("device_code"));
                if (user != null && !typed.contains(user)) {
                    answer(exchange, 400, Map.of("error", "authorization_pending"));
                } else {
                    give(exchange, user != null);
                }
            }
        }
    }

    private void give(HttpExchange exchange, boolean good) throws IOException {
        if (!good) {
            answer(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        String token = "access-" + UUID.randomUUID();
        String renewal = "refresh-" + UUID.randomUUID();
        access.add(token);
        refresh.add(renewal);
        answer(
                exchange,
                200,
                Map.of("access_token", token, "token_type", "bearer", "refresh_token", renewal, "expires_in", 3600));
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void user(HttpExchange exchange) throws IOException {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header != null && header.startsWith("Bearer ") && access.contains(header.substring(7))) {
            answer(exchange, 200, Map.of("id", 7, "username", "octo", "name", "Octo Cat"));
        } else {
            answer(exchange, 401, Map.of("message", "no"));
        }
    }

    private void revoke(HttpExchange exchange) throws IOException {
        access.remove(form(exchange).get("token"));
        answer(exchange, 200, Map.of());
    }

    private void device(HttpExchange exchange) throws IOException {
        form(exchange);
        String device = UUID.randomUUID().toString();
        String user = UUID.randomUUID().toString().substring(0, 8);
        devices.put(device, user);
        answer(
                exchange,
                200,
                Map.of(
                        "device_code",
                        device,
                        "user_code",
                        user,
                        "verification_uri",
                        url() + "/activate",
                        "expires_in",
                        600,
                        "interval",
                        1));
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        return parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    }

    private static Map<String, String> parse(String text) {
        var values = new HashMap<String, String>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            values.put(
                    URLDecoder.decode(pair.substring(0, equals), UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), UTF_8));
        }
        return values;
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = ApiJson.mapper().writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
