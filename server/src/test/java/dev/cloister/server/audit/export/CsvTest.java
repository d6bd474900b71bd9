package dev.cloister.server.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void cellsAreQuotedAsTheRfcSays() {
        assertThat(Csv.line(List.of("a", "b,c", "say \"x\"", "")))
                .isEqualTo("\"a\",\"b,c\",\"say \"\"x\"\"\",\"\"\r\n");
    }

    @Test
    void noCellIsAFormula() {
        for (String cell : List.of(
                "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1", "|x", "%x")) {
            assertThat(Csv.line(List.of(cell))).as(cell).startsWith("\"'");
        }
        assertThat(Csv.line(List.of("ann-1"))).isEqualTo("\"ann-1\"\r\n");
    }

    @Test
    void nothingInACellSteersATerminalOrBreaksTheLine() {
        assertThat(Csv.line(List.of("a\u001b[31mb\r\nc\u202ed\u0000")))
                .isEqualTo("\"a\\u001b[31mb\\u000d\\u000ac\\u202ed\\u0000\"\r\n");
    }
}
