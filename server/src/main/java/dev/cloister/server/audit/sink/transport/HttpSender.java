package dev.cloister.server.audit.sink.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;

/**
 * Posts batches. Redirects are not followed: copies go where the operator said. Answers are read up to a bound and within
 * a time that includes their last byte.
 */
final class HttpSender implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int LARGEST_ANSWER = 4 << 20;

    private final HttpClient client;

    /** An answer of a receiver; its text is not to be believed or shown. */
    record Answer(int status, String text, Optional<String> retryAfter) {
        boolean isSuccess() {
            return status >= 200 && status <= 299;
        }
    }

    HttpSender(Optional<String> authorities) {
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .sslContext(Trust.context(authorities))
                .build();
    }

    Answer post(URI address, Map<String, String> headers, byte[] body)
            throws NotDeliveredException, InterruptedException {
        return send("POST", address, headers, body);
    }

    /** The same with the body compressed. */
    Answer postCompressed(URI address, Map<String, String> headers, byte[] body)
            throws NotDeliveredException, InterruptedException {
        var all = new LinkedHashMap<>(headers);
        all.put("Content-Encoding", "gzip");
        return send("POST", address, all, compressed(body));
    }

    static byte[] compressed(byte[] body) {
        var out = new ByteArrayOutputStream(body.length / 4 + 64);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    Answer send(String method, URI address, Map<String, String> headers, byte[] body)
            throws NotDeliveredException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("User-Agent", "cloister")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        var sent = client.sendAsync(
                request.build(),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            var answer = sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    answer.statusCode(),
                    new String(answer.body(), UTF_8),
                    answer.headers().firstValue("Retry-After"));
        } catch (ExecutionException e) {
            throw NotDeliveredException.passing(
                    "the receiver could not be reached: " + reason(Objects.requireNonNullElse(e.getCause(), e)));
        } catch (TimeoutException e) {
            throw NotDeliveredException.passing("the receiver did not answer within " + PATIENCE.toSeconds() + " s");
        } finally {
            sent.cancel(true);
        }
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /** Fails unless the status says that the batch was taken. */
    static void require(Answer answer) throws NotDeliveredException {
        if (answer.isSuccess()) {
            return;
        }
        String told = "the receiver answered " + answer.status();
        switch (answer.status()) {
            case 400, 413, 422 -> throw NotDeliveredException.refused(told);
            default -> throw NotDeliveredException.passing(told, pause(answer.retryAfter()));
        }
    }

    private static Duration pause(Optional<String> retryAfter) {
        return retryAfter
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(pause -> pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause)
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
