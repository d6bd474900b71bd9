package dev.cloister.tunnel.websocket;

import java.io.IOException;

/**
 * The server answered the upgrade request with something else than a WebSocket. Trying again helps only when the status
 * says so: 401, 403 and 404 will stay, 429 and 5xx may pass.
 */
public final class WebSocketRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String body;

    WebSocketRefusedException(int status, String body) {
        super("The server refused the connection with HTTP status " + status + ".");
        this.status = status;
        this.body = body;
    }

    /** The HTTP status, such as 401. */
    public int status() {
        return status;
    }

    /** The beginning of the answer's body, at most 64 Ki characters; empty when there was none. */
    public String body() {
        return body;
    }
}
