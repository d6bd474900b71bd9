package dev.cloister.agent.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ScrollbackTest {
    @Test
    void everythingIsKeptWhileItFits() {
        var scrollback = new Scrollback(10);
        add(scrollback, "hello");

        assertThat(text(scrollback)).isEqualTo("hello");
    }

    @Test
    void whatNoLongerFitsIsCutAtALine() {
        var scrollback = new Scrollback(12);
        add(scrollback, "one\ntwo\nthree\nfour");

        assertThat(text(scrollback)).isEqualTo("three\nfour".substring(0, 10));
    }

    @Test
    void theEndIsAlwaysTheEndOfWhatWasWritten() {
        var random = new Random(3);
        var scrollback = new Scrollback(64);
        var all = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            var piece = "x".repeat(random.nextInt(100)) + (char) ('a' + random.nextInt(26));
            all.append(piece);
            add(scrollback, piece);
            assertThat(all.toString()).endsWith(text(scrollback));
        }
        assertThat(text(scrollback)).hasSize(64);
    }

    private static void add(Scrollback scrollback, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        scrollback.add(bytes, bytes.length);
    }

    private static String text(Scrollback scrollback) {
        return new String(scrollback.contents(), StandardCharsets.UTF_8);
    }
}
