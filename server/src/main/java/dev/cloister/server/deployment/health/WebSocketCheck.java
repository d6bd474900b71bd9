package dev.cloister.server.deployment.health;

import dev.cloister.contract.api.WebsocketReport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens a WebSocket at the access URL and waits for the word that the server says on it. */
final class WebSocketCheck {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int SWITCHING = 101;

    private final URI accessUrl;

    WebSocketCheck(URI accessUrl) {
        this.accessUrl = accessUrl;
    }

    WebsocketReport report(boolean isDismissed) throws InterruptedException {
        var findings = new Findings();
        int code;
        var client = HttpClient.newBuilder().connectTimeout(LIMIT).build();
        try {
            code = greet(client, findings);
        } finally {
            // Closing would wait for a peer that never ends its side.
            client.shutdownNow();
        }
        return new WebsocketReport(
                findings.error(),
                findings.severity(),
                findings.warnings(),
                isDismissed,
                findings.isHealthy(),
                "",
                code);
    }

    private int greet(HttpClient client, Findings findings) throws InterruptedException {
        var word = new CompletableFuture<String>();
        try {
            var socket = client.newWebSocketBuilder()
                    .connectTimeout(LIMIT)
                    .buildAsync(address(), new FirstWord(word))
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            String said = word.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            socket.abort();
            if (!said.equals(HealthSocket.WORD)) {
                findings.fail("EWS03", "Something else than this server answers WebSockets at the access URL.");
            }
            return SWITCHING;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                int status = refused.getResponse().statusCode();
                findings.fail(
                        "EWS01",
                        "A WebSocket at the access URL is answered with " + status
                                + ": a proxy in front of the server does not pass them on.");
                return status;
            }
            findings.fail("EWS01", "No WebSocket can be opened at the access URL: " + reason(e));
        } catch (TimeoutException e) {
            findings.fail("EWS02", "A WebSocket at the access URL stays silent for " + LIMIT.toSeconds() + " seconds.");
        }
        return 0;
    }

    private URI address() {
        String scheme = "https".equals(accessUrl.getScheme()) ? "wss" : "ws";
        return URI.create(scheme + "://" + accessUrl.getRawAuthority() + HealthSocket.PATH);
    }

    private static String reason(ExecutionException e) {
        return e.getCause() instanceof Exception cause ? AccessUrlCheck.reason(cause) : "unknown";
    }

    private static final class FirstWord implements WebSocket.Listener {
        private final CompletableFuture<String> word;

        FirstWord(CompletableFuture<String> word) {
            this.word = word;
        }

        @Override
        @SuppressWarnings("NullAway") // the interface asks for null where the message may be reused at once
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            word.complete(data.toString());
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            word.completeExceptionally(error);
        }
    }
}
