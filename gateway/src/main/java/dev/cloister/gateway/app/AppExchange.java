package dev.cloister.gateway.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/** One request and its answer. */
final class AppExchange {
    /** Methods that may be sent twice (RFC 9110, 9.2.2). */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    private final Request request;
    private final Response response;
    private final AppRoute route;
    private final AtomicInteger uploads;
    private volatile boolean writing;
    private volatile boolean late;
    private volatile @Nullable AppConnection current;
    private volatile @Nullable Upload upload;

    AppExchange(Request request, Response response, AppRoute route, AtomicInteger uploads) {
        this.request = request;
        this.response = response;
        this.route = route;
        this.uploads = uploads;
    }

    void run() throws IOException {
        AppConnection pooled = route.visit().reuse();
        if (pooled == null || !attempt(pooled, isRepeatable())) {
            attempt(route.visit().connect(), false);
        }
    }

    private boolean isRepeatable() {
        return !RequestHead.hasBody(request) && IDEMPOTENT.contains(request.getMethod());
    }

    /**
     * @param mayRepeat whether the request can be sent once more where the app had closed an idle connection
     * @return false where it has to be
     */
    private boolean attempt(AppConnection app, boolean mayRepeat) throws IOException {
        boolean kept = false;
        current = app;
        try {
            app.begin();
            app.output().write(RequestHead.of(request, route));
            Upload body = RequestHead.hasBody(request) ? Upload.start(request, app, uploads) : null;
            upload = body;
            ResponseHead head = app.readHead(HttpMethod.HEAD.is(request.getMethod()));
            if (head.status() == 101) {
                kept = switchProtocols(app, head);
            } else {
                answer(app, head);
                kept = giveBack(app, body);
            }
            return true;
        } catch (IOException e) {
            if (mayRepeat && !app.heard() && !late) {
                return false;
            }
            throw e;
        } finally {
            if (!kept) {
                route.visit().discard(app);
            }
        }
    }

    private boolean giveBack(AppConnection app, @Nullable Upload body) {
        if (body != null && body.isRunning()) {
            body.abandon();
            return false;
        }
        if (!app.isReusable() || (body != null && body.isRefused())) {
            return false;
        }
        route.visit().giveBack(app);
        return true;
    }

    private void answer(AppConnection app, ResponseHead head) throws IOException {
        head.writeTo(response, route);
        if (!app.hasMore()) {
            write(false, BufferUtil.EMPTY_BUFFER); // the head does not wait for a body that comes later
        }
        boolean last = false;
        while (!last) {
            ByteBuffer piece = app.readContent();
            last = piece == null || app.isComplete();
            write(last, piece == null ? BufferUtil.EMPTY_BUFFER : piece);
        }
    }

    private void write(boolean last, ByteBuffer piece) throws IOException {
        writing = true;
        try (Blocker.Callback written = Blocker.callback()) {
            response.write(last, piece, written);
            written.block();
        } finally {
            writing = false;
        }
    }

    /** True: the connection is the tunnel's from now on. */
    private boolean switchProtocols(AppConnection app, ResponseHead head) throws IOException {
        if (!RequestHead.isUpgrade(request) || !head.accepts(request)) {
            throw new IOException("The app switched to a protocol that nobody asked for.");
        }
        head.writeTo(response, route);
        var metaData = request.getConnectionMetaData();
        var tunnel = new UpgradedTunnel(
                metaData.getConnection().getEndPoint(), metaData.getConnector().getExecutor(), app, route.visit());
        request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, tunnel);
        return true;
    }

    /**
     * Asked whenever nothing has moved between the browser and us for a while.
     *
     * @return true where that is the browser's fault and its connection is to end
     */
    boolean isStuck(Duration firstWord, Duration silence) {
        Upload body = upload;
        if (writing || (body != null && body.isWaitingForBrowser())) {
            return true;
        }
        AppConnection app = current;
        if (app != null && app.silentFor().compareTo(app.heard() ? silence : firstWord) > 0) {
            late = true;
            app.reset();
        }
        return false;
    }

    /** Whether the app took too long. */
    boolean isLate() {
        return late;
    }

    /** Why the browser's request could not be read to its end. */
    Optional<IOException> requestFailure() {
        Upload body = upload;
        return body == null ? Optional.empty() : Optional.ofNullable(body.failure());
    }
}
