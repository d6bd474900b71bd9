package dev.cloister.gateway.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.cloister.tunnel.LoopbackTransport;
import dev.cloister.tunnel.mux.MuxSession;
import dev.cloister.tunnel.mux.MuxSettings;
import dev.cloister.tunnel.mux.MuxStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An app at the far end of a tunnel, which reads and says exactly what a test tells it to. */
final class ScriptedApp implements AutoCloseable {
    @FunctionalInterface
    interface Script {
        void run(Connection connection) throws IOException;
    }

    private final MuxSession near;
    private final MuxSession far;
    private final AtomicInteger dialled = new AtomicInteger();
    private final LinkedBlockingQueue<Throwable> endings = new LinkedBlockingQueue<>();

    ScriptedApp(Script script) {
        var pair = LoopbackTransport.pair();
        near = MuxSession.server(pair.left(), MuxSettings.defaults());
        far = MuxSession.client(pair.right(), MuxSettings.defaults());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    var stream = far.accept();
                    Thread.ofVirtual().start(() -> serve(stream, script));
                }
            } catch (IOException e) {
                // the end of the test
            }
        });
    }

    private void serve(MuxStream stream, Script script) {
        try (stream) {
            script.run(new Connection(stream, far));
            endings.add(new EOFException("the script came to its end"));
        } catch (IOException | RuntimeException e) {
            endings.add(e);
        }
    }

    MuxStream dial() throws IOException {
        dialled.incrementAndGet();
        return near.open();
    }

    int dialled() {
        return dialled.get();
    }

    /** How many connections to the app there are, whatever their state. */
    int open() {
        return near.streamCount();
    }

    /** Waits for a connection's script to end, and says how it did. */
    Throwable ending() throws InterruptedException {
        return endings.poll(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }

    record Head(String line, List<String> headers) {
        /** The values of a header, in order. */
        List<String> all(String name) {
            return headers.stream()
                    .filter(header -> header.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(header -> header.substring(name.length() + 1).strip())
                    .toList();
        }

        String one(String name) {
            return all(name).isEmpty() ? "" : String.join(" | ", all(name));
        }

        List<String> names() {
            return headers.stream()
                    .map(header -> header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT))
                    .toList();
        }
    }

    static final class Connection {
        final MuxStream stream;
        final InputStream in;

        private final MuxSession session;

        Connection(MuxStream stream, MuxSession session) {
            this.stream = stream;
            this.session = session;
            this.in = new BufferedInputStream(stream.input());
        }

        Head head() throws IOException {
            return readHead(in);
        }

        /** Reads a request with its body, which may be in chunks. */
        byte[] body(Head head) throws IOException {
            if (head.one("Transfer-Encoding").equals("chunked")) {
                var body = new java.io.ByteArrayOutputStream();
                for (int size = chunk(); size > 0; size = chunk()) {
                    body.write(in.readNBytes(size));
                    line(in);
                }
                line(in);
                return body.toByteArray();
            }
            return head.one("Content-Length").isEmpty()
                    ? new byte[0]
                    : in.readNBytes(Integer.parseInt(head.one("Content-Length")));
        }

        private int chunk() throws IOException {
            return Integer.parseInt(line(in), 16);
        }

        void say(String text) throws IOException {
            stream.output().write(text.getBytes(ISO_8859_1));
        }

        /** Returns when the other end has received what was said: a ping overtakes what waits, a second one does not. */
        void flush() throws IOException {
            session.ping();
            session.ping();
        }

        void answer(String body) throws IOException {
            say("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }
    }

    static Head readHead(InputStream in) throws IOException {
        var first = line(in);
        var headers = new ArrayList<String>();
        for (var next = line(in); !next.isEmpty(); next = line(in)) {
            headers.add(next);
        }
        return new Head(first, headers);
    }

    static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (true) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the end after \"" + text + "\"");
            }
            if (next == '\n') {
                return text.toString().stripTrailing();
            }
            text.append((char) next);
        }
    }
}
