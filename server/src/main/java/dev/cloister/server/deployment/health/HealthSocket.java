package dev.cloister.server.deployment.health;

import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** A WebSocket that says one word and ends. Public because Jetty calls it by reflection. */
public final class HealthSocket extends Session.Listener.AbstractAutoDemanding {
    static final String PATH = "/healthz/websocket";
    static final String WORD = "OK";

    @Override
    public void onWebSocketOpen(Session opened) {
        super.onWebSocketOpen(opened);
        opened.sendText(
                WORD, Callback.from(() -> opened.close(1000, "", Callback.NOOP), failure -> opened.disconnect()));
    }

    /** A peer that has gone before it heard the word is no news. */
    @Override
    public void onWebSocketError(Throwable cause) {}
}
