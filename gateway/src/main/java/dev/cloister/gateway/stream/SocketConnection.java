package dev.cloister.gateway.stream;

import dev.cloister.tunnel.websocket.WebSocketLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The web server's connection under a WebSocket. What it calls never blocks, so it is called on the thread that watches
 * the sockets, without being handed to another.
 */
final class SocketConnection extends AbstractConnection implements Connection.UpgradeTo {
    private final EdgeSocket socket;
    private final WebSocketLink link;
    private final Callback readable = new Readable();

    SocketConnection(EndPoint endPoint, Executor executor, EdgeSocket socket) {
        super(endPoint, executor);
        this.socket = socket;
        this.link = WebSocketLink.server(new Wire());
    }

    WebSocketLink link() {
        return link;
    }

    @Override
    public void onUpgradeTo(ByteBuffer alreadyRead) {
        link.early(alreadyRead);
    }

    @Override
    public void onOpen() {
        super.onOpen();
        // Who says nothing is asked whether they are there; a quiet connection is as good as a busy one.
        getEndPoint().setIdleTimeout(0);
        socket.opened();
    }

    @Override
    public void onFillable() {
        link.readable();
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        super.onClose(cause);
        link.broken(asFailure(cause));
        socket.gone();
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return false;
    }

    private static IOException asFailure(@Nullable Throwable cause) {
        return cause == null
                ? new ClosedChannelException()
                : new IOException("The connection failed: " + cause.getMessage(), cause);
    }

    private final class Readable implements Callback {
        @Override
        public void succeeded() {
            link.readable();
        }

        @Override
        public void failed(Throwable cause) {
            link.broken(asFailure(cause));
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    private final class Wire implements WebSocketLink.Connection {
        @Override
        public int fill(ByteBuffer into) throws IOException {
            // The web server's buffers have their content, not their room, between position and limit.
            into.limit(0);
            int all = 0;
            int count;
            do {
                count = getEndPoint().fill(into);
                all += Math.max(0, count);
                // Only what is encrypted comes in pieces, of which others may be decrypted already.
            } while (count > 0 && getEndPoint().isSecure() && BufferUtil.space(into) > 0);
            into.position(into.limit()).limit(into.capacity());
            return all == 0 ? count : all;
        }

        @Override
        public boolean flush(ByteBuffer from) throws IOException {
            return getEndPoint().flush(from);
        }

        @Override
        public void flushLater(ByteBuffer from) {
            getEndPoint().write(new Written(from), from);
        }

        @Override
        public void awaitReadable() {
            fillInterested(readable);
        }

        @Override
        public void close() {
            SocketConnection.this.close();
        }
    }

    private final class Written implements Callback {
        private final ByteBuffer frame;

        Written(ByteBuffer frame) {
            this.frame = frame;
        }

        @Override
        public void succeeded() {
            link.flushed(frame);
        }

        @Override
        public void failed(Throwable cause) {
            link.broken(asFailure(cause));
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }
}
