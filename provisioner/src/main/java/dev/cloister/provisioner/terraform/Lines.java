package dev.cloister.provisioner.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads what a program prints, line by line, however long a line and however much it is. */
final class Lines {
    private static final int LONGEST = 64 * 1024;

    private final long kept;
    private long seen;

    /** @param kept bytes that are handed on; the rest is counted */
    Lines(long kept) {
        this.kept = kept;
    }

    void read(InputStream from, Consumer<String> line) throws IOException {
        var in = new BufferedInputStream(from);
        var bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            seen++;
            if (next == '\n') {
                hand(bytes, line);
            } else if (bytes.size() < LONGEST && seen <= kept) {
                bytes.write(next);
            }
        }
        if (bytes.size() > 0) {
            hand(bytes, line);
        }
    }

    private void hand(ByteArrayOutputStream bytes, Consumer<String> line) {
        if (seen <= kept) {
            line.accept(bytes.toString(UTF_8));
        }
        bytes.reset();
    }

    /** How many bytes were printed and not handed on. */
    long dropped() {
        return Math.max(0, seen - kept);
    }
}
