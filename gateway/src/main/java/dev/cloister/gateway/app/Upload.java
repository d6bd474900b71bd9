package dev.cloister.gateway.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way to the app, beside the answer, which may come first. A body that the browser breaks off
 * breaks the app's connection too: half a request must never look like a whole one.
 */
final class Upload {
    private static final int BUFFER = 32 * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Request request;
    private final AppConnection app;
    private final boolean chunked;
    private volatile boolean running = true;
    private volatile boolean waitingForBrowser;
    private volatile boolean refused;
    private volatile @Nullable IOException failure;

    private Upload(Request request, AppConnection app) {
        this.request = request;
        this.app = app;
        this.chunked = request.getLength() < 0;
    }

    /** @param gauge counts those that run */
    static Upload start(Request request, AppConnection app, AtomicInteger gauge) {
        var upload = new Upload(request, app);
        gauge.incrementAndGet();
        Thread.ofVirtual().name("app-upload").start(() -> {
            try {
                upload.run();
            } finally {
                gauge.decrementAndGet();
            }
        });
        return upload;
    }

    boolean isRunning() {
        return running;
    }

    /** Whether the app took less than all of the body; its answer may still be on its way. */
    boolean isRefused() {
        return refused;
    }

    /** Whether the next bytes are the browser's to send. */
    boolean isWaitingForBrowser() {
        return waitingForBrowser;
    }

    /** Why the body could not be read to its end, or null. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** The answer is complete and nobody wants the rest. */
    void abandon() {
        if (running) {
            request.fail(new IOException("The app answered before the end of the request."));
        }
    }

    private void run() {
        try (InputStream body = Content.Source.asInputStream(request)) {
            pass(body);
        } catch (IOException e) {
            if (!refused) {
                app.reset();
            }
        } finally {
            running = false;
        }
    }

    private void pass(InputStream body) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int count;
        while ((count = read(body, buffer)) >= 0) {
            if (count > 0) {
                send(buffer, count);
            }
        }
        if (chunked) {
            write(LAST_CHUNK, LAST_CHUNK.length);
        }
    }

    private int read(InputStream body, byte[] buffer) throws IOException {
        waitingForBrowser = true;
        try {
            return body.read(buffer);
        } catch (IOException e) {
            failure = e;
            throw e;
        } finally {
            waitingForBrowser = false;
        }
    }

    /** A chunk as RFC 9112, 7.1, has it where the length was not known at the beginning. */
    private void send(byte[] buffer, int count) throws IOException {
        if (chunked) {
            byte[] size = (Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            write(size, size.length);
        }
        write(buffer, count);
        if (chunked) {
            write(LINE_END, LINE_END.length);
        }
    }

    /** An app that has answered may close at once; that must not take its answer away. */
    private void write(byte[] bytes, int count) throws IOException {
        try {
            app.output().write(bytes, 0, count);
        } catch (IOException e) {
            refused = true;
            throw e;
        }
    }
}
