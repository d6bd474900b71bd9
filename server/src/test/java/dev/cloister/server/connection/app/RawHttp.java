package dev.cloister.server.connection.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client that sends exactly what a test says, on a connection of its own. */
final class RawHttp implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private boolean inBody;

    /** An answer; header names as they were sent. */
    record Answer(int status, List<String[]> headers, String body) {
        Optional<String> header(String name) {
            return all(name).stream().findFirst();
        }

        List<String> all(String name) {
            return headers.stream()
                    .filter(header -> header[0].equalsIgnoreCase(name))
                    .map(header -> header[1])
                    .toList();
        }

        /** The value of a cookie that is set, without its attributes. */
        String cookie(String name) {
            return all("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith(name + "="))
                    .map(cookie -> cookie.substring(name.length() + 1).split(";")[0])
                    .findFirst()
                    .orElseThrow();
        }
    }

    RawHttp(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(10_000);
        in = new java.io.BufferedInputStream(socket.getInputStream());
    }

    /** One request on a connection of its own. */
    static Answer get(URI server, String host, String path, String... headers) {
        return once(server, "GET", host, path, "", headers);
    }

    static Answer once(URI server, String method, String host, String path, String body, String... headers) {
        try (var client = new RawHttp(server)) {
            client.send(method, host, path, body, headers);
            return client.answer();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void send(String method, String host, String path, String body, String... headers) throws IOException {
        var text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        if (!body.isEmpty()) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        raw(text + "\r\n" + body);
    }

    void raw(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    Answer answer() throws IOException {
        String status = line();
        List<String[]> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.add(new String[] {
                line.substring(0, colon), line.substring(colon + 1).strip()
            });
        }
        var head = new Answer(Integer.parseInt(status.split(" ")[1]), headers, "");
        return new Answer(head.status(), headers, body(head));
    }

    private String body(Answer head) throws IOException {
        if (head.status() == 101 || head.status() == 304) {
            return "";
        }
        Optional<String> length = head.header("Content-Length");
        if (length.isPresent()) {
            return new String(in.readNBytes(Integer.parseInt(length.get())), ISO_8859_1);
        }
        if (head.header("Transfer-Encoding").isPresent()) {
            var body = new StringBuilder();
            for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
                body.append(chunk);
            }
            return body.toString();
        }
        return new String(in.readAllBytes(), ISO_8859_1);
    }

    /** The next chunk of a chunked body, empty at the end. The line break after a chunk may come with the next one. */
    String chunk() throws IOException {
        if (inBody) {
            line();
        }
        int size = Integer.parseInt(line(), 16);
        inBody = size > 0;
        String data = new String(in.readNBytes(size), ISO_8859_1);
        if (!inBody) {
            line();
        }
        return data;
    }

    String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection ended after: " + line);
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    byte[] bytes(int count) throws IOException {
        return in.readNBytes(count);
    }

    InputStream input() {
        return in;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
