package dev.cloister.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.contract.api.AgentHostKey;
import dev.cloister.contract.api.ApiJson;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/** Knows one workspace and answers the few requests of {@link Training}. It listens on loopback, for a second. */
final class TrainingServer implements Closeable {
    /** The agent whose stream brings many bytes. */
    static final UUID TALKATIVE = new UUID(1, 1);

    private static final int FRAMES = 1024;
    private static final int FRAME = 64 << 10;
    private static final int BACKLOG = 10;
    private static final int MAX_HEAD = 64 << 10;
    private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: (\\S+)");
    private static final Pattern LENGTH = Pattern.compile("(?i)Content-Length: ([0-9]{1,9})");
    private static final String KEY_OF_NOBODY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private final ServerSocket listener;
    private final String workspace = resource("training-workspace.json");
    private final String templates = resource("training-templates.json");
    private final String parameters = resource("training-parameters.json");

    TrainingServer() throws IOException {
        listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("training-server").start(this::accept);
    }

    private static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(TrainingServer.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                Thread.ofPlatform().daemon().name("training-connection").start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the training is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            for (var head = head(in); !head.isEmpty(); head = head(in)) {
                var length = LENGTH.matcher(head);
                in.skipNBytes(length.find() ? Long.parseLong(length.group(1)) : 0);
                var key = KEY.matcher(head);
                if (key.find()) {
                    stream(socket, in, key.group(1), head.contains(TALKATIVE.toString()));
                } else {
                    socket.getOutputStream().write(json(body(head.split(" ", 3)[1])));
                }
            }
        } catch (IOException | NoSuchAlgorithmException ended) {
            // the client sees the end
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0 && head.length() < MAX_HEAD) {
            int c = in.read();
            if (c < 0) {
                return "";
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private String body(String path) {
        if (path.endsWith("/ssh-host-key")) {
            return ApiJson.mapper().writeValueAsString(new AgentHostKey(new UUID(0, 0), KEY_OF_NOBODY));
        }
        if (path.endsWith("/templates")) {
            return templates;
        }
        if (path.endsWith("/rich-parameters")) {
            return parameters;
        }
        if (path.contains("/workspacebuilds/")) {
            return ApiJson.mapper().readTree(workspace).path("latest_build").toString();
        }
        return path.contains("?") ? "{\"workspaces\":[" + workspace + "],\"count\":1}" : workspace;
    }

    private static byte[] json(String body) {
        var head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.getBytes(UTF_8).length
                + "\r\n\r\n";
        return (head + body).getBytes(UTF_8);
    }

    /** Accepts the WebSocket, sends two bytes or very many, and says good-bye. */
    private static void stream(Socket socket, InputStream in, String key, boolean talkative)
            throws IOException, NoSuchAlgorithmException {
        var out = socket.getOutputStream();
        out.write(upgrade(key));
        if (talkative) {
            Thread.ofPlatform().daemon().name("training-sink").start(() -> discard(in));
            var frame = ByteBuffer.allocate(10 + FRAME)
                    .put((byte) 0x82)
                    .put((byte) 127)
                    .putLong(FRAME);
            for (int i = 0; i < FRAMES; i++) {
                out.write(frame.array());
            }
        } else {
            out.write("\u0082\u0002\r\n".getBytes(ISO_8859_1));
        }
        out.write("\u0088\u0002\u0003\u00e8".getBytes(ISO_8859_1));
    }

    private static void discard(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException ended) {
            // the client has heard enough
        }
    }

    private static byte[] upgrade(String key) throws NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(ISO_8859_1));
        var head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n";
        return head.getBytes(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
