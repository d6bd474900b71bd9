package dev.cloister.gateway.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reverse proxy for apps (RFC 9110): streams bodies both ways as they come and carries WebSockets. Runs on the
 * request's virtual thread and blocks.
 */
public final class AppProxy {
    private static final int BUFFER = 32 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(AppProxy.class);

    /** Passes the request on and answers it; the callback is completed in any case. */
    public void serve(Request request, Response response, Callback callback, AppRoute route) {
        var exchange = new Exchange(request, response, callback, route);
        // Silence is the app's affair, such as a long poll; only a browser that takes no answer is given up.
        request.addIdleTimeoutListener(ignored -> exchange.writing);
        try {
            exchange.run();
        } catch (IOException e) {
            LOG.debug("a request to an app failed", e);
            if (response.isCommitted()) {
                callback.failed(e);
            } else {
                String reason = e.getMessage() == null ? "The connection to it failed." : e.getMessage();
                AppPages.write(response, callback, 502, "The app does not answer", reason);
            }
        }
    }

    /** One request and its answer. */
    private static final class Exchange {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final AppRoute route;
        private volatile boolean writing;

        Exchange(Request request, Response response, Callback callback, AppRoute route) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.route = route;
        }

        void run() throws IOException {
            boolean body = RequestHead.hasBody(request);
            AppConnection pooled = route.visit().reuse();
            if (pooled != null && attempt(pooled, !body)) {
                return;
            }
            attempt(route.visit().connect(), false);
        }

        /**
         * @param mayRepeat whether the request can be sent once more where the app had closed an idle connection
         * @return false where it has to be
         */
        private boolean attempt(AppConnection app, boolean mayRepeat) throws IOException {
            boolean kept = false;
            Thread upload = null;
            try {
                app.output().write(RequestHead.of(request, route));
                app.output().flush();
                upload = upload(app);
                ResponseHead head = app.readHead(HttpMethod.HEAD.is(request.getMethod()));
                if (head.status() == 101) {
                    kept = true;
                    switchProtocols(app, head);
                    return true;
                }
                answer(app, head);
                kept = app.isReusable() && (upload == null || !upload.isAlive());
                if (kept) {
                    route.visit().giveBack(app);
                }
                callback.succeeded();
                return true;
            } catch (IOException e) {
                if (mayRepeat && !app.heard() && !response.isCommitted()) {
                    return false;
                }
                throw e;
            } finally {
                if (!kept) {
                    route.visit().discard(app);
                }
            }
        }

        private @Nullable Thread upload(AppConnection app) {
            if (!RequestHead.hasBody(request)) {
                return null;
            }
            return Thread.ofVirtual().name("app-upload").start(() -> {
                try (InputStream in = Content.Source.asInputStream(request)) {
                    if (request.getLength() > 0) {
                        in.transferTo(app.output());
                    } else {
                        sendChunks(in, app.output());
                    }
                    app.output().flush();
                } catch (IOException e) {
                    // The app may have answered before the end, or the browser has gone: the answer's side notices.
                    LOG.debug("the body of a request to an app was cut short: {}", e.getMessage());
                }
            });
        }

        /** RFC 9112, 7.1. */
        private static void sendChunks(InputStream in, OutputStream out) throws IOException {
            byte[] buffer = new byte[BUFFER];
            int count;
            while ((count = in.read(buffer)) >= 0) {
                if (count > 0) {
                    out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    out.write(buffer, 0, count);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                }
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }

        private void answer(AppConnection app, ResponseHead head) throws IOException {
            head.writeTo(response, route);
            boolean last = false;
            while (!last) {
                ByteBuffer piece = app.readContent();
                last = piece == null || app.isComplete();
                write(last, piece == null ? ByteBuffer.allocate(0) : piece);
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

        private void switchProtocols(AppConnection app, ResponseHead head) throws IOException {
            if (!RequestHead.isUpgrade(request)) {
                route.visit().discard(app);
                throw new IOException("The app switched protocols without being asked.");
            }
            head.writeTo(response, route);
            var connection = request.getConnectionMetaData().getConnection();
            EndPoint endPoint = connection.getEndPoint();
            var tunnel = new UpgradedTunnel(
                    endPoint, request.getConnectionMetaData().getConnector().getExecutor(), app, route.visit());
            request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, tunnel);
            callback.succeeded();
        }
    }
}
