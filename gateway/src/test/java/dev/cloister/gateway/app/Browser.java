package dev.cloister.gateway.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A client on a bare socket. */
final class Browser implements AutoCloseable {
    final Socket socket;
    final InputStream in;

    Browser(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(15_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    record Answer(int status, ScriptedApp.Head head, byte[] body) {
        String text() {
            return new String(body, ISO_8859_1);
        }
    }

    Browser say(String text) throws IOException {
        return say(text.getBytes(ISO_8859_1));
    }

    Browser say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Answer get(String path) throws IOException {
        return say("GET " + path + " HTTP/1.1\r\nHost: app.example\r\n\r\n").answer();
    }

    Answer answer() throws IOException {
        var head = head();
        return new Answer(status(head), head, body(head));
    }

    ScriptedApp.Head head() throws IOException {
        return ScriptedApp.readHead(in);
    }

    static int status(ScriptedApp.Head head) {
        return Integer.parseInt(head.line().split(" ")[1]);
    }

    byte[] body(ScriptedApp.Head head) throws IOException {
        if (status(head) == 204 || status(head) == 304) {
            return new byte[0];
        }
        if (head.one("Transfer-Encoding").equals("chunked")) {
            var body = new java.io.ByteArrayOutputStream();
            for (var piece = chunk(); piece.length > 0; piece = chunk()) {
                body.write(piece);
            }
            return body.toByteArray();
        }
        if (!head.one("Content-Length").isEmpty()) {
            int length = Integer.parseInt(head.one("Content-Length"));
            var body = in.readNBytes(length);
            if (body.length < length) {
                throw new java.io.EOFException("the answer is cut short");
            }
            return body;
        }
        return in.readAllBytes();
    }

    byte[] chunk() throws IOException {
        int size = Integer.parseInt(ScriptedApp.line(in), 16);
        var piece = in.readNBytes(size);
        ScriptedApp.line(in);
        return piece;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
