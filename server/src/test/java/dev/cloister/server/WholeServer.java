package dev.cloister.server;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.platform.config.ServerSettings;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The server as it is put together for production, on a database of its own, for tests that look at all its routes. */
final class WholeServer implements AutoCloseable {
    static final String PASSWORD = "correct-horse-battery";

    private final TestDatabase database = TestDatabase.create();
    private final Server server;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param more settings beside those that every test needs */
    WholeServer(Path directory, String... more) throws Exception {
        var dashboard = Files.createDirectories(directory.resolve("dashboard"));
        Files.writeString(dashboard.resolve("index.html"), "<html></html>");
        var settings = new ArrayList<>(List.of(
                "--data-dir",
                directory.resolve("data").toString(),
                "--http-address",
                "127.0.0.1:0",
                "--provisioner-daemons",
                "0",
                "--postgres-url",
                database.url()
                        .replaceFirst("jdbc:postgresql://([^?]*).*", "postgres://" + database.username() + "@$1")));
        settings.addAll(List.of(more));
        try {
            server = Server.start(
                    ServerSettings.load(
                            settings,
                            Map.of(
                                    "CLOISTER_POSTGRES_PASSWORD",
                                    database.password().reveal())),
                    new Installation(dashboard, Files.createDirectories(directory.resolve("agent"))),
                    line -> {});
        } catch (Exception e) {
            database.close();
            throw e;
        }
    }

    Routes routes() {
        return server.routes();
    }

    URI url() {
        return server.url();
    }

    TestDatabase database() {
        return database;
    }

    /** Creates the first user, "admin", and signs in; returns the session token. */
    String owner() {
        send(
                "POST",
                "/api/v2/users/first",
                "",
                Map.of("username", "admin", "email", "admin@example.com", "password", PASSWORD));
        var body = Map.of("email", "admin@example.com", "password", PASSWORD);
        return ApiJson.mapper()
                .readTree(send("POST", "/api/v2/users/login", "", body).body())
                .get("session_token")
                .asString();
    }

    /** Sends a request; an empty token sends none, a null body none. */
    HttpResponse<String> send(String method, String path, String token, Object body) {
        var publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : body instanceof byte[] bytes
                        ? HttpRequest.BodyPublishers.ofByteArray(bytes)
                        : HttpRequest.BodyPublishers.ofString(ApiJson.mapper().writeValueAsString(body));
        var request = HttpRequest.newBuilder(url().resolve(path))
                .timeout(Duration.ofSeconds(20))
                .method(method, publisher);
        if (!token.isEmpty()) {
            request.header("Coder-Session-Token", token);
        }
        return send(request.build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.close();
        database.close();
    }
}
