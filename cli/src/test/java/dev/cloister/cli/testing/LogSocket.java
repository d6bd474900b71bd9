package dev.cloister.cli.testing;

import dev.cloister.contract.api.ApiJson;
import java.util.List;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** Sends lines of a log, then closes; a line that is the text "break" cuts the connection instead. */
public final class LogSocket extends Session.Listener.AbstractAutoDemanding {
    private final List<Object> lines;

    LogSocket(List<Object> lines) {
        this.lines = lines;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        super.onWebSocketOpen(session);
        Thread.ofVirtual().start(() -> {
            for (var line : lines) {
                if (line.equals("break")) {
                    session.disconnect();
                    return;
                }
                var sent = new Callback.Completable();
                session.sendText(ApiJson.mapper().writeValueAsString(line), sent);
                sent.join();
            }
            session.close(1000, "", Callback.NOOP);
        });
    }
}
