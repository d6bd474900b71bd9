package dev.cloister.server.platform.http;

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
    public record Upgrade(SocketHandler handler) implements Endpoint {}

    /** An endpoint that answers once. */
    @FunctionalInterface
    public interface Handler {
        Response handle(Request request);
    }

    /** An endpoint that becomes a WebSocket; returns Jetty's listener for it. */
    @FunctionalInterface
    public interface SocketHandler {
        org.eclipse.jetty.websocket.api.Session.Listener open(Request request);
    }
}
