package dev.cloister.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertThat(new Table("NAME", "STATUS")
                        .row("a", "running")
                        .row("longer", "")
                        .lines())
                .containsExactly("NAME    STATUS", "a       running", "longer");
    }

    @Test
    void cellsAreMadePlainBeforeTheyAreMeasured() {
        assertThat(new Table("NAME", "X").row("\033[31mred\033[0m", "1").lines())
                .containsExactly("NAME  X", "red   1");
    }

    @Test
    void aRowMustFitTheTitles() {
        var table = new Table("NAME");
        assertThatThrownBy(() -> table.row("a", "b")).isInstanceOf(IllegalArgumentException.class);
    }
}
