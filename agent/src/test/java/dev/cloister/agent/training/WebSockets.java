package dev.cloister.agent.training;

import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.net.Socket;

/** The server's side of a WebSocket, for tests elsewhere. */
public final class WebSockets {
    private WebSockets() {}

    public static Transport accept(Socket socket) throws IOException {
        return TrainingSocket.accept(socket);
    }
}
