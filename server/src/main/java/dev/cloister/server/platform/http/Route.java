package dev.cloister.server.platform.http;

import org.eclipse.jetty.util.Callback;

/**
 * One operation.
 *
 * @param maxBody the largest body in bytes that is read
 * @param operation what the API document says of it
 */
public record Route(String method, String path, Access access, Endpoint endpoint, long maxBody, Operation operation) {
    Route(String method, String path, Access access, Endpoint endpoint, long maxBody) {
        this(method, path, access, endpoint, maxBody, new Operation());
    }

    /** Whether it goes on sending: a WebSocket or server-sent events. */
    boolean isLive() {
        return endpoint instanceof Upgrade
                || operation.answers().stream()
                        .anyMatch(answer -> answer.body() instanceof Operation.Bytes bytes
                                && bytes.mediaType().equals("text/event-stream"));
    }

    /** What a route does with a request that has passed its access. */
    public sealed interface Endpoint {}

    /** Answers once. Runs on a virtual thread and may block. */
    public record Answer(Handler handler) implements Endpoint {}

    /** Upgrades to a WebSocket once the handler has decided that it may. */
    public record Upgrade(UpgradeHandler handler) implements Endpoint {}

    /** An endpoint that answers once. */
    @FunctionalInterface
    public interface Handler {
        Response handle(Request request);
    }

    /** Decides, and says how the request is answered then. */
    @FunctionalInterface
    public interface UpgradeHandler {
        Upgraded open(Request request);
    }

    /** Answers a request that asks for a WebSocket. */
    @FunctionalInterface
    public interface Upgraded {
        /** False, with nothing answered, where the request is not one that RFC 6455 describes. */
        boolean answer(
                org.eclipse.jetty.server.Request request,
                org.eclipse.jetty.server.Response response,
                Callback callback);
    }

    /** An endpoint that becomes a WebSocket; returns Jetty's listener for it. */
    @FunctionalInterface
    public interface SocketHandler {
        org.eclipse.jetty.websocket.api.Session.Listener open(Request request);
    }
}
