package dev.cloister.cli.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** Joins a WebSocket to a TCP connection, byte for byte. */
public final class StreamSocket extends Session.Listener.AbstractAutoDemanding {
    private final Socket socket = new Socket();
    private final InetSocketAddress target;

    StreamSocket(InetSocketAddress target) {
        this.target = target;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        super.onWebSocketOpen(session);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(target);
        } catch (IOException refused) {
            session.close(1011, "nothing listens", Callback.NOOP);
            return;
        }
        Thread.ofVirtual().start(() -> down(session));
    }

    private void down(Session session) {
        var bytes = new byte[64 << 10];
        try {
            var in = socket.getInputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                var sent = new Callback.Completable();
                session.sendBinary(ByteBuffer.wrap(bytes, 0, count), sent);
                sent.join();
            }
        } catch (IOException closed) {
            // the end all the same
        }
        session.close(1000, "", Callback.NOOP);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        var bytes = new byte[payload.remaining()];
        payload.get(bytes);
        try {
            socket.getOutputStream().write(bytes);
            callback.succeed();
        } catch (IOException closed) {
            callback.fail(closed);
        }
    }

    @Override
    public void onWebSocketClose(int statusCode, String reason, Callback callback) {
        try {
            socket.close();
        } catch (IOException closed) {
            // the aim is reached
        }
        callback.succeed();
    }
}
