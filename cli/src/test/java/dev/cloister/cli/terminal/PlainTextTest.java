package dev.cloister.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class PlainTextTest {
    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(PlainText.of("Größe: 5 µm – 日本 🙂")).isEqualTo("Größe: 5 µm – 日本 🙂");
        assertThat(PlainText.of("")).isEmpty();
    }

    @Test
    void coloursAndCursorMovementsAreTakenOutWhole() {
        assertThat(PlainText.of("\033[31mred\033[0m")).isEqualTo("red");
        assertThat(PlainText.of("a\033[2J\033[1;1Hb")).isEqualTo("ab");
        assertThat(PlainText.of("a\u009b31mb")).isEqualTo("ab");
    }

    @Test
    void titlesAndClipboardWritesAreTakenOutWhole() {
        assertThat(PlainText.of("x\033]0;owned\007y")).isEqualTo("xy");
        assertThat(PlainText.of("x\033]52;c;cm0gLXJm\033\\y")).isEqualTo("xy");
        assertThat(PlainText.of("x\033Pq payload\033\\y")).isEqualTo("xy");
    }

    @Test
    void anUnfinishedSequenceHidesNothingAfterIt() {
        assertThat(PlainText.of("a\033")).isEqualTo("a");
        assertThat(PlainText.of("a\033[")).isEqualTo("a");
        assertThat(PlainText.of("a\033[1;\033[31mb")).isEqualTo("ab");
        assertThat(PlainText.of("a\033]0;title")).isEqualTo("a");
    }

    @Test
    void returnsBackspacesAndLineBreaksCannotOverwriteWhatWasPrinted() {
        assertThat(PlainText.of("evil\rgood")).isEqualTo("evilgood");
        assertThat(PlainText.of("ab\b\bcd")).isEqualTo("abcd");
        assertThat(PlainText.of("one\ntwo")).isEqualTo("one two");
        assertThat(PlainText.of("a\tb")).isEqualTo("a    b");
    }

    @Test
    void marksThatTurnTheDirectionOfTextAreTakenOut() {
        assertThat(PlainText.of("user\u202Etxt.exe")).isEqualTo("usertxt.exe");
        assertThat(PlainText.of("a\u2066b\u2069c\u2028d")).isEqualTo("abcd");
    }

    @Test
    void noTextLeavesAControlCharacterBehind() {
        var random = new Random(20260102);
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append((char)
                        (random.nextBoolean() ? random.nextInt(0xa0) : "\033[]0;m\\\007P".charAt(random.nextInt(9))));
            }
            assertThat(PlainText.of(text.toString()).chars().anyMatch(Character::isISOControl))
                    .as("from %s", text.chars().boxed().toList())
                    .isFalse();
        }
    }
}
