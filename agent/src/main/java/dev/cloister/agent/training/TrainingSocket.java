package dev.cloister.agent.training;

import dev.cloister.tunnel.Transport;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The server's side of one WebSocket (RFC 6455), as much of it as the agent's client makes use of. */
final class TrainingSocket implements Transport {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String KEY = "sec-websocket-key:";
    private static final int BINARY = 0x82;
    private static final int CLOSE = 8;

    private final Socket socket;
    private final DataInputStream input;
    private final OutputStream output;

    private TrainingSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new DataInputStream(socket.getInputStream());
        this.output = socket.getOutputStream();
    }

    /** Answers the upgrade request that {@code socket} begins with. */
    static TrainingSocket accept(Socket socket) throws IOException {
        var accepted = new TrainingSocket(socket);
        var answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + hash(accepted.key() + MAGIC) + "\r\n\r\n";
        accepted.output.write(answer.getBytes(StandardCharsets.US_ASCII));
        return accepted;
    }

    private String key() throws IOException {
        var key = "";
        String line;
        while (!(line = line()).isEmpty()) {
            if (line.regionMatches(true, 0, KEY, 0, KEY.length())) {
                key = line.substring(KEY.length()).strip();
            }
        }
        return key;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        int next;
        while ((next = input.readUnsignedByte()) != '\n') {
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    @Override
    public void write(ByteBuffer chunk) throws IOException {
        int length = chunk.remaining();
        var frame = ByteBuffer.allocate(length + 10).put((byte) BINARY);
        if (length < 126) {
            frame.put((byte) length);
        } else if (length < 1 << 16) {
            frame.put((byte) 126).putShort((short) length);
        } else {
            frame.put((byte) 127).putLong(length);
        }
        frame.put(chunk);
        output.write(frame.array(), 0, frame.position());
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        try {
            while (true) {
                int kind = input.readUnsignedByte() & 0x0f;
                var payload = payload();
                if (kind == CLOSE) {
                    return null;
                }
                if (kind < CLOSE) {
                    return ByteBuffer.wrap(payload);
                }
            }
        } catch (EOFException _) {
            return null;
        }
    }

    /** A client's frames are masked. */
    private byte[] payload() throws IOException {
        long length = input.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = input.readUnsignedShort();
        } else if (length == 127) {
            length = input.readLong();
        }
        var mask = input.readNBytes(4);
        var payload = input.readNBytes(Math.toIntExact(length));
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // The process ends soon.
        }
    }
}
