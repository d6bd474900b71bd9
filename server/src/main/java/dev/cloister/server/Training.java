package dev.cloister.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** The requests of a newcomer's first minute, so that their classes are in the start-up cache. */
final class Training {
    private static final String USER = """
            {"username": "training", "email": "training@example.com", "password": "only-for-the-cache"}""";

    private Training() {}

    static void run(URI url) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            send(client, url, "POST", "/api/v2/users/first", USER, "");
            String login = send(client, url, "POST", "/api/v2/users/login", USER, "");
            String token = login.replaceAll("(?s).*\"session_token\":\"([^\"]*)\".*", "$1");
            for (String path : List.of(
                    "/healthz",
                    "/",
                    "/api/v2/buildinfo",
                    "/api/v2/users/me",
                    "/api/v2/organizations",
                    "/api/v2/templates",
                    "/api/v2/workspaces",
                    "/api/v2/audit?limit=5")) {
                send(client, url, "GET", path, "", token);
            }
        }
    }

    private static String send(HttpClient client, URI url, String method, String path, String body, String token)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url.resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Coder-Session-Token", token.isEmpty() ? "none" : token);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
