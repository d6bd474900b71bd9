package dev.cloister.agent.script;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts output into lines of bounded length: what goes beyond is replaced by a mark, and memory stays bounded however
 * long a line is. Control characters other than tab are removed, except the escape that starts a colour.
 */
final class Lines {
    static final int LONGEST = 4 * 1024;
    private static final String MARK = " [line cut]";

    private final Consumer<String> sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean cut;

    Lines(Consumer<String> sink) {
        this.sink = sink;
    }

    void add(byte[] chunk, int length) {
        for (int i = 0; i < length; i++) {
            if (chunk[i] == '\n') {
                end();
            } else if (line.size() < LONGEST) {
                line.write(chunk[i]);
            } else {
                cut = true;
            }
        }
    }

    /** At the end of output: what came after the last line break is a line too. */
    void finish() {
        if (line.size() > 0) {
            end();
        }
    }

    private void end() {
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        sink.accept(clean(text) + (cut ? MARK : ""));
        cut = false;
    }

    private static String clean(String text) {
        var clean = new StringBuilder(text.length());
        text.chars()
                .filter(c -> c >= ' ' && c != 0x7f || c == '\t' || c == '\033')
                .forEach(c -> clean.append((char) c));
        return clean.toString();
    }
}
