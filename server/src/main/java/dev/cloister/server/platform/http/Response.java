package dev.cloister.server.platform.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a route answers. */
public final class Response {
    private final int status;
    private final Body body;
    private final List<Header> headers = new ArrayList<>();

    private Response(int status, Body body) {
        this.status = status;
        this.body = body;
    }

    /** A JSON document. */
    public static Response json(int status, Object value) {
        return new Response(status, new Json(value));
    }

    /** 200 with a JSON document. */
    public static Response ok(Object value) {
        return json(200, value);
    }

    /** No body. */
    public static Response empty(int status) {
        return new Response(status, new Bytes("", new byte[0]));
    }

    /** Bytes of a media type. */
    public static Response bytes(int status, String mediaType, byte[] bytes) {
        return new Response(status, new Bytes(mediaType, bytes));
    }

    /** A body of unknown length that is written while it is made. */
    public static Response stream(int status, String mediaType, Writer writer) {
        return new Response(status, new Stream(mediaType, writer));
    }

    /** Sends the browser elsewhere on our own origin or to an address of ours; never to one that a request named. */
    public static Response redirect(String location) {
        return empty(303).header("Location", location);
    }

    /** The same answer with one more header. */
    public Response header(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    int status() {
        return status;
    }

    Body body() {
        return body;
    }

    List<Header> headers() {
        return headers;
    }

    record Header(String name, String value) {}

    sealed interface Body {}

    record Json(@Nullable Object value) implements Body {}

    record Bytes(String mediaType, byte[] bytes) implements Body {}

    record Stream(String mediaType, Writer writer) implements Body {}

    /** Writes a body piece by piece; each flush reaches the client. */
    @FunctionalInterface
    public interface Writer {
        void write(OutputStream out) throws IOException, InterruptedException;
    }
}
