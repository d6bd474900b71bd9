package dev.cloister.gateway.app;

import dev.cloister.tunnel.ByteStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 connection to an app: a request at a time. The parsing is Jetty's; the reading blocks. */
final class AppConnection {
    private static final int SMALL_BUFFER = 8 * 1024;
    private static final int LARGE_BUFFER = 64 * 1024;
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MOST_INTERIM = 100;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteStream stream;
    private final Answer answer = new Answer();
    private final HttpParser parser = new HttpParser((HttpParser.ResponseHandler) answer, MAX_HEAD);

    /** Bytes from the app that are not parsed yet; there is no buffer while the connection rests. */
    private ByteBuffer input = NOTHING;

    private @Nullable ByteBuffer ahead;
    private volatile long idleSince;
    private volatile long lastHeard = System.nanoTime();
    private volatile boolean heard;

    AppConnection(ByteStream stream) {
        this.stream = stream;
    }

    OutputStream output() {
        return stream.output();
    }

    /** Whether anything of the current answer has arrived. */
    boolean heard() {
        return heard;
    }

    long idleSince() {
        return idleSince;
    }

    /** A request is about to be sent. */
    void begin() {
        heard = false;
        lastHeard = System.nanoTime();
    }

    /** How long the app has said nothing. */
    Duration silentFor() {
        return Duration.ofNanos(System.nanoTime() - lastHeard);
    }

    /** False where the app has said something without being asked, or has closed: no use for another request. */
    boolean isQuiet() {
        try {
            return !stream.isInputEnded() && stream.input().available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The head of the answer; interim answers but the switch of protocols are skipped. */
    ResponseHead readHead(boolean toHead) throws IOException {
        for (int interim = 0; interim < MOST_INTERIM; interim++) {
            answer.clear();
            parser.setHeadResponse(toHead);
            while (!answer.headComplete) {
                if (!step()) {
                    throw new EOFException("The app closed the connection without an answer.");
                }
            }
            if (answer.status >= 200 || answer.status == 101) {
                return new ResponseHead(answer.status, answer.headers.asImmutable());
            }
            while (!answer.complete && step()) {
                // to the end of the interim answer
            }
            parser.reset();
        }
        throw new IOException("The app sends interim answers without end.");
    }

    /** Whether the body's next piece or its end may be here already. */
    boolean hasMore() throws IOException {
        return answer.complete
                || input.hasRemaining()
                || stream.isInputEnded()
                || stream.input().available() > 0;
    }

    /** The next piece of the body, or null at its end. Valid until the next call. */
    @Nullable
    ByteBuffer readContent() throws IOException {
        ByteBuffer piece = takeAhead();
        while (piece == null && !answer.complete) {
            if (!step()) {
                throw new EOFException("The app closed the connection in the middle of an answer.");
            }
            piece = takeContent();
        }
        return piece;
    }

    /** Whether the piece just read was the last, as far as that is known without waiting. */
    boolean isComplete() throws IOException {
        if (ahead == null && !answer.complete) {
            parse();
            ahead = takeContent();
        }
        return answer.complete && ahead == null;
    }

    private @Nullable ByteBuffer takeAhead() {
        ByteBuffer piece = ahead;
        ahead = null;
        return piece;
    }

    private @Nullable ByteBuffer takeContent() {
        ByteBuffer piece = answer.content;
        answer.content = null;
        return piece;
    }

    /** Parses what is there, or reads where nothing is; false at the end of the stream. */
    private boolean step() throws IOException {
        if (parse()) {
            return true;
        }
        if (input.hasRemaining()) {
            throw new IOException("The app's answer is not valid HTTP.");
        }
        int count = stream.input().read(buffer());
        if (count < 0) {
            answer.persistent = false;
            parser.atEOF();
            parse();
            return answer.complete;
        }
        heard = true;
        lastHeard = System.nanoTime();
        input.position(0).limit(count);
        return true;
    }

    /** A buffer as large as the app's answers turn out to need. */
    private byte[] buffer() {
        if (input.capacity() == 0) {
            input = ByteBuffer.allocate(SMALL_BUFFER);
        } else if (input.limit() == input.capacity() && input.capacity() < LARGE_BUFFER) {
            input = ByteBuffer.allocate(LARGE_BUFFER);
        }
        return input.array();
    }

    private boolean parse() throws IOException {
        boolean event;
        try {
            event = parser.parseNext(input);
        } catch (RuntimeException | AssertionError e) { // the parser asserts what an app can break
            // whatever the parser stumbles over came from the app
            throw new IOException("The app's answer is not valid HTTP.", e);
        }
        if (answer.failure != null) {
            throw answer.failure;
        }
        return event;
    }

    /** Whether another request may follow. */
    boolean isReusable() {
        return answer.complete && answer.persistent && !input.hasRemaining();
    }

    void rest() {
        parser.reset();
        input = NOTHING;
        idleSince = System.nanoTime();
    }

    /** After a switch of protocols: what the app sends now, including what has been read already. */
    InputStream rawInput() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                if (!input.hasRemaining()) {
                    return stream.input().read(to, offset, length);
                }
                int count = Math.min(length, input.remaining());
                input.get(to, offset, count);
                return count;
            }
        };
    }

    ByteStream stream() {
        return stream;
    }

    void close() {
        stream.close();
    }

    void reset() {
        stream.reset();
    }

    /** What the parser finds. */
    private static final class Answer implements HttpParser.ResponseHandler {
        private HttpFields.Mutable headers = HttpFields.build();
        private int status;
        private boolean persistent;
        private boolean headComplete;
        private boolean complete;
        private @Nullable ByteBuffer content;
        private @Nullable IOException failure;

        void clear() {
            headers = HttpFields.build();
            headComplete = false;
            complete = false;
            content = null;
            failure = null;
        }

        @Override
        public void startResponse(HttpVersion version, int code, String reason) {
            status = code;
            persistent = version != null && version.getVersion() >= HttpVersion.HTTP_1_1.getVersion();
        }

        @Override
        public void parsedHeader(HttpField field) {
            headers.add(field);
            if (field.getHeader() == HttpHeader.CONNECTION && field.contains("close")) {
                persistent = false;
            }
        }

        @Override
        public boolean headerComplete() {
            headComplete = true;
            return true;
        }

        @Override
        public boolean content(ByteBuffer piece) {
            content = piece;
            return true;
        }

        @Override
        public boolean contentComplete() {
            return false;
        }

        @Override
        public boolean messageComplete() {
            complete = true;
            return true;
        }

        @Override
        public void earlyEOF() {
            failure = new EOFException("The app closed the connection in the middle of an answer.");
        }

        @Override
        public void badMessage(HttpException e) {
            failure = new IOException("The app's answer is not valid HTTP: " + e.getReason());
        }
    }
}
