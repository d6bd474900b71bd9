package dev.cloister.gateway.app;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reverse proxy for apps (RFC 9110): streams bodies both ways as they come and carries WebSockets. Runs on the
 * request's virtual thread and blocks.
 */
public final class AppProxy {
    private static final Duration FIRST_WORD = Duration.ofMinutes(10);
    private static final Duration SILENCE = Duration.ofHours(1);
    private static final Logger LOG = LoggerFactory.getLogger(AppProxy.class);

    private final Duration firstWord;
    private final Duration silence;
    private final AtomicInteger uploads = new AtomicInteger();

    /** Gives an app ten minutes to begin an answer, and an hour between two pieces of one. */
    public AppProxy() {
        this(FIRST_WORD, SILENCE);
    }

    AppProxy(Duration firstWord, Duration silence) {
        this.firstWord = firstWord;
        this.silence = silence;
    }

    /**
     * Passes the request on and answers it; the callback is completed.
     *
     * @throws VisitEndedException where the visit had ended before: nothing was done and nothing answered
     */
    public void serve(Request request, Response response, Callback callback, AppRoute route)
            throws VisitEndedException {
        var refusal = RequestCheck.refusal(request);
        if (refusal.isPresent()) {
            AppPages.write(
                    response,
                    callback,
                    refusal.get().status(),
                    "This cannot be passed on",
                    refusal.get().reason());
            return;
        }
        var exchange = new AppExchange(request, response, route, uploads);
        // Silence is mostly the app's affair, such as a long poll; a browser that does not do its part is given up.
        request.addIdleTimeoutListener(ignored -> exchange.isStuck(firstWord, silence));
        try {
            exchange.run();
            callback.succeeded();
        } catch (VisitEndedException e) {
            throw e;
        } catch (IOException e) {
            LOG.debug("a request to an app failed", e);
            fail(e, exchange, response, callback);
        }
    }

    private static void fail(IOException cause, AppExchange exchange, Response response, Callback callback) {
        var unreadable = exchange.requestFailure();
        if (unreadable.isPresent()) {
            callback.failed(unreadable.get()); // Jetty knows how to answer a request that is no valid one
        } else if (response.isCommitted()) {
            callback.failed(cause);
        } else {
            var reason = cause.getMessage() == null ? "The connection to it failed." : cause.getMessage();
            AppPages.write(response, callback, exchange.isLate() ? 504 : 502, "The app does not answer", reason);
        }
    }

    /** How many requests' bodies are on their way. */
    int uploads() {
        return uploads.get();
    }
}
