package dev.cloister.server.platform.http;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.platform.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers, and is the one place where a failure becomes HTTP. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final String JSON = "application/json; charset=utf-8";

    private Answers() {}

    static Response of(Failure failure) {
        var answer =
                Response.json(failure.status(), new ApiError(text(failure), failure.detail(), failure.validations()));
        if (failure instanceof Failure.TooMany tooMany) {
            String seconds = seconds(tooMany.retryAfter());
            answer.header("Retry-After", seconds)
                    .header("X-RateLimit-Remaining", "0")
                    .header("X-RateLimit-Reset", seconds);
        }
        if (failure instanceof Failure.Unavailable unavailable) {
            unavailable.retryAfter().ifPresent(wait -> answer.header("Retry-After", seconds(wait)));
        }
        return answer;
    }

    /** Rounded up: who comes back a moment too early is refused again. */
    private static String seconds(Duration wait) {
        return Long.toString(wait.plusMillis(999).toSeconds());
    }

    private static String text(Failure failure) {
        return failure.getMessage() == null ? "" : failure.getMessage();
    }

    /** A fault of ours: the id finds it in the log, and nothing else is told. */
    static Response fault(UUID requestId) {
        return Response.json(
                500, new ApiError("An internal server error occurred.", "Request id: " + requestId, List.of()));
    }

    static void write(Response answer, org.eclipse.jetty.server.Response response, Callback callback) {
        response.setStatus(answer.status());
        answer.headers().forEach(header -> {
            if (header.name().equals("Set-Cookie")) {
                response.getHeaders().add(header.name(), header.value());
            } else {
                response.getHeaders().put(header.name(), header.value());
            }
        });
        switch (answer.body()) {
            case Response.Json json -> {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
                write(response, ApiJson.mapper().writeValueAsBytes(json.value()), callback);
            }
            case Response.Bytes bytes -> {
                if (!bytes.mediaType().isEmpty()) {
                    response.getHeaders().put(HttpHeader.CONTENT_TYPE, bytes.mediaType());
                }
                write(response, bytes.bytes(), callback);
            }
            case Response.Stream stream -> {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, stream.mediaType());
                stream(response, stream.writer(), callback);
            }
        }
    }

    private static void write(org.eclipse.jetty.server.Response response, byte[] bytes, Callback callback) {
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    private static void stream(org.eclipse.jetty.server.Response response, Response.Writer writer, Callback callback) {
        OutputStream out = Content.Sink.asOutputStream(response);
        try {
            writer.write(out);
            out.close(); // only a whole body is ended; a broken one must not look whole
        } catch (IOException e) {
            callback.failed(e);
            return;
        } catch (RuntimeException e) {
            if (!response.isCommitted()) {
                throw e;
            }
            LOG.error("a body broke off while it was sent", e);
            callback.failed(e);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            callback.failed(e);
            return;
        }
        callback.succeeded();
    }
}
