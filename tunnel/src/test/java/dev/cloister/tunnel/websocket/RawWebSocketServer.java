package dev.cloister.tunnel.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of RFC 6455 on a bare socket, which says exactly what a test tells it to say. */
final class RawWebSocketServer implements Closeable {
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    @FunctionalInterface
    interface Script {
        void run(Connection connection) throws IOException;
    }

    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    RawWebSocketServer(Script script) throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (true) {
                try {
                    var socket = listener.accept();
                    sockets.add(socket);
                    Thread.ofVirtual().start(() -> serve(socket, script));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private static void serve(Socket socket, Script script) {
        try (socket) {
            script.run(new Connection(socket));
        } catch (IOException e) {
            // the client has gone
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/socket?x=1");
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    record Frame(int opcode, byte[] payload) {}

    static final class Connection {
        final Socket socket;
        final List<String> request = new ArrayList<>();
        private final DataInputStream in;
        private final OutputStream out;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            this.out = socket.getOutputStream();
            for (var line = line(); !line.isEmpty(); line = line()) {
                request.add(line);
            }
        }

        private String line() throws IOException {
            var text = new StringBuilder();
            for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
                text.append((char) next);
            }
            return text.toString().strip();
        }

        String header(String name) {
            return request.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        Connection upgrade() throws IOException {
            raw(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                            + accept(header("Sec-WebSocket-Key")) + "\r\n\r\n");
            return this;
        }

        private static String accept(String key) {
            try {
                var sha = MessageDigest.getInstance("SHA-1");
                return Base64.getEncoder()
                        .encodeToString(
                                sha.digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        void raw(String text) throws IOException {
            out.write(text.getBytes(ISO_8859_1));
            out.flush();
        }

        void send(int opcode, boolean last, byte[] payload) throws IOException {
            var head = new java.io.ByteArrayOutputStream();
            head.write((last ? 0x80 : 0) | opcode);
            if (payload.length < 126) {
                head.write(payload.length);
            } else if (payload.length < 65_536) {
                head.write(126);
                head.write(payload.length >> 8);
                head.write(payload.length);
            } else {
                head.write(127);
                for (int shift = 56; shift >= 0; shift -= 8) {
                    head.write((int) ((long) payload.length >> shift));
                }
            }
            head.write(payload);
            out.write(head.toByteArray());
            out.flush();
        }

        Frame receive() throws IOException {
            int opcode = in.readUnsignedByte() & 0x0f;
            long length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            var mask = in.readNBytes(4);
            var payload = in.readNBytes((int) length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i & 3];
            }
            return new Frame(opcode, payload);
        }
    }
}
