package dev.cloister.server.audit.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A collector on this machine that keeps what it took and answers as it is told. */
public final class Receiver implements AutoCloseable {
    /** A post; header names in small letters. */
    public record Post(String path, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, UTF_8);
        }
    }

    /** What to answer. */
    public record Answer(int status, String text) {}

    /** Decides on an answer. */
    @FunctionalInterface
    public interface Behaviour {
        Answer to(Post post) throws InterruptedException;
    }

    public static final Behaviour TAKES_ALL = post -> new Answer(200, "{}");

    /** What was answered with success, in order. */
    public final List<Post> taken = new CopyOnWriteArrayList<>();
    /** Everything. */
    public final List<Post> seen = new CopyOnWriteArrayList<>();

    public volatile Behaviour behaviour = TAKES_ALL;
    private final HttpServer server;

    public Receiver() {
        this(0);
    }

    /** At a port that one had before. */
    public Receiver(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            var headers = new java.util.HashMap<String, String>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
            if ("gzip".equals(headers.get("content-encoding"))) {
                body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
            }
            var post = new Post(exchange.getRequestURI().toString(), headers, body);
            seen.add(post);
            var answer = behaviour.to(post);
            if (answer.status() < 300) {
                taken.add(post);
            }
            byte[] text = answer.text().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The lines of all posts that were taken. */
    public List<String> lines() {
        return taken.stream().flatMap(post -> post.text().lines()).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
