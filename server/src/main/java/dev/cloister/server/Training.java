package dev.cloister.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The requests of a newcomer's first minutes, so that their classes are in the start-up cache. */
final class Training {
    private static final String USER = """
            {"username": "training", "email": "training@example.com", "password": "only-for-the-cache"}""";

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]*)\"");
    private static final Pattern LATEST_BUILD = Pattern.compile("\"latest_build\":\\{\"id\":\"([^\"]*)\"");

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
            build(client, url, token);
        }
    }

    /** The life of a workspace, as far as this machine can: one without bubblewrap trains how a build fails. */
    private static void build(HttpClient client, URI url, String token) throws IOException, InterruptedException {
        String template = id(send(client, url, "GET", "/api/v2/templates", "", token), ID);
        String wanted = "{\"name\": \"training\", \"template_id\": \"" + template + "\"}";
        String created = send(client, url, "POST", "/api/v2/users/me/workspaces", wanted, token);
        follow(client, url, id(created, LATEST_BUILD), token);
        send(client, url, "GET", "/api/v2/users/me/workspace/training", "", token);
        String builds = "/api/v2/workspaces/" + id(created, ID) + "/builds";
        String deletion = send(client, url, "POST", builds, "{\"transition\": \"delete\"}", token);
        follow(client, url, id(deletion, ID), token);
    }

    private static String id(String answer, Pattern field) throws IOException {
        var found = field.matcher(answer);
        if (!found.find()) {
            throw new IOException("the training expected an id in: " + answer);
        }
        return found.group(1);
    }

    /** Reads the log of a build until it ends with the build. */
    private static void follow(HttpClient client, URI url, String build, String token) throws InterruptedException {
        var ended = new CountDownLatch(1);
        var listener = new WebSocket.Listener() {
            @Override
            public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                ended.countDown();
                return null;
            }

            @Override
            public void onError(WebSocket socket, Throwable error) {
                ended.countDown();
            }
        };
        client.newWebSocketBuilder()
                .header("Coder-Session-Token", token)
                .buildAsync(
                        URI.create("ws" + url.toString().substring("http".length()) + "/api/v2/workspacebuilds/" + build
                                + "/logs?follow=true"),
                        listener)
                .join();
        if (!ended.await(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("a build of the training does not end");
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
