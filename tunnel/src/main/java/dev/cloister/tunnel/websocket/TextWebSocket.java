package dev.cloister.tunnel.websocket;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that brings text messages, such as a log. A server that says nothing for five seconds is asked whether it
 * is there; one that has not said anything for forty is given up.
 */
public final class TextWebSocket implements Closeable {
    private static final int MAX_MESSAGE = 4 << 20;
    private static final Duration ASK_AFTER = Duration.ofSeconds(5);
    private static final Duration LOST_AFTER = Duration.ofSeconds(40);

    private final SocketWebSocket socket;
    private final Thread watch;
    private volatile boolean lost;

    TextWebSocket(SocketWebSocket socket) {
        this.socket = socket;
        this.watch = Thread.ofVirtual().name("websocket-watch").start(this::watch);
    }

    /**
     * Waits for the next message.
     *
     * @return null when the server has closed in an orderly way
     * @throws ProtocolException when it is longer than 4 MiB or no text
     * @throws IOException when the connection breaks or is closed from this side
     */
    public @Nullable String next() throws IOException {
        var message = new ByteArrayOutputStream();
        try {
            for (var part = socket.read(); part != null; part = socket.read()) {
                if (message.size() + part.remaining() > MAX_MESSAGE) {
                    throw new ProtocolException("The server sent a message that is too long.");
                }
                var bytes = new byte[part.remaining()];
                part.get(bytes);
                message.write(bytes);
                if (socket.source().betweenMessages()) {
                    return text(message.toByteArray());
                }
            }
            return null;
        } catch (IOException e) {
            throw lost ? new IOException("The server has stopped answering.", e) : e;
        }
    }

    private static String text(byte[] bytes) throws ProtocolException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException("The server sent a text message that is no text.");
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(ASK_AFTER);
                long silence = System.nanoTime() - socket.source().heard();
                if (silence > LOST_AFTER.toNanos()) {
                    lost = true;
                    socket.cut();
                    return;
                }
                if (silence > ASK_AFTER.toNanos()) {
                    socket.ping();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException _) {
            // Whoever reads sees the end too.
        }
    }

    /** A reader that waits fails. */
    @Override
    public void close() {
        watch.interrupt();
        socket.close();
    }
}
