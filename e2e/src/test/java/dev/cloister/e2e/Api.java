package dev.cloister.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The server's API as one caller sees it, without any client of ours in between. */
final class Api {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LIMIT = Duration.ofSeconds(30);
    static final String TOKEN = "Coder-Session-Token";

    private final URI server;
    private final String token;

    private Api(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    record Answer(int status, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        Answer ok() {
            if (status >= 300) {
                throw new AssertionError("status " + status + ": " + body);
            }
            return this;
        }
    }

    static Api anonymous(URI server) {
        return new Api(server, "");
    }

    static Api withToken(URI server, String token) {
        return new Api(server, token);
    }

    /** Makes the first user, as is allowed without a set-up token while the server listens on loopback only. */
    static Api asFirstUser(URI server, String name, String password) {
        anonymous(server)
                .send(
                        "POST",
                        "/api/v2/users/first",
                        Map.of("email", name + "@example.com", "username", name, "password", password))
                .ok();
        return signedIn(server, name, password);
    }

    static Api signedIn(URI server, String name, String password) {
        return withToken(
                server,
                anonymous(server)
                        .send(
                                "POST",
                                "/api/v2/users/login",
                                Map.of("email", name + "@example.com", "password", password))
                        .ok()
                        .json()
                        .get("session_token")
                        .asString());
    }

    String token() {
        return token;
    }

    /** A further session of the same person, as the command line uses. */
    String newKey() {
        return send("POST", "/api/v2/users/me/keys", Map.of())
                .ok()
                .json()
                .get("key")
                .asString();
    }

    JsonNode read(String path) {
        return get(path).ok().json();
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    /** @param body what Jackson can write, or null for none */
    Answer send(String method, String path, Object body) {
        return send(
                method,
                path,
                "application/json",
                body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    /** Sends a file. */
    Answer upload(String path, String mediaType, byte[] file) {
        return send("POST", path, mediaType, HttpRequest.BodyPublishers.ofByteArray(file));
    }

    private Answer send(String method, String path, String mediaType, HttpRequest.BodyPublisher body) {
        var request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(LIMIT)
                .header("Content-Type", mediaType)
                .method(method, body);
        if (!token.isEmpty()) {
            request.header(TOKEN, token);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Tries to open a WebSocket; 101 where it was opened, which is then closed again. */
    Answer knock(String path, Map<String, String> headers) {
        var builder = HTTP.newWebSocketBuilder().connectTimeout(LIMIT);
        if (!token.isEmpty()) {
            builder.header(TOKEN, token);
        }
        headers.forEach(builder::header);
        URI target = URI.create("ws" + server.resolve(path).toString().substring("http".length()));
        try {
            builder.buildAsync(target, new WebSocket.Listener() {}).join().abort();
            return new Answer(101, "");
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                Object body = refused.getResponse().body();
                return new Answer(refused.getResponse().statusCode(), body == null ? "" : body.toString());
            }
            throw e;
        }
    }
}
