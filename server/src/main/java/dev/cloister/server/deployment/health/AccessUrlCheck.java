package dev.cloister.server.deployment.health;

import dev.cloister.contract.api.AccessURLReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the server for its health at the address that people and agents use, through whatever stands before it. */
final class AccessUrlCheck {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MAX_SHOWN = 200;

    private final URI accessUrl;

    AccessUrlCheck(URI accessUrl) {
        this.accessUrl = accessUrl;
    }

    AccessURLReport report(boolean isDismissed) throws InterruptedException {
        var findings = new Findings();
        if (isHere(accessUrl.getHost())) {
            findings.warn(
                    "EACS01",
                    "The access URL names this machine itself: nobody else can use it. Set access-url to the address "
                            + "that people type.");
        }
        int status = 0;
        String body = "";
        try (var client = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            var answer = client.send(
                    HttpRequest.newBuilder(accessUrl.resolve("/healthz"))
                            .timeout(LIMIT)
                            .build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), 64 * 1024));
            status = answer.statusCode();
            body = answer.body().substring(0, Math.min(MAX_SHOWN, answer.body().length()));
            if (status != 200) {
                findings.fail("EACS04", "/healthz at the access URL answers " + status + ".");
            }
        } catch (IOException | IllegalArgumentException e) {
            findings.fail("EACS03", "The server cannot be reached at its access URL: " + reason(e));
        }
        return new AccessURLReport(
                findings.error(),
                findings.severity(),
                findings.warnings(),
                isDismissed,
                findings.isHealthy(),
                accessUrl.toString(),
                status != 0,
                status,
                body);
    }

    static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static boolean isHere(String host) {
        return host == null || host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
}
