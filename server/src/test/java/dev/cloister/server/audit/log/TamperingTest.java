package dev.cloister.server.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.SigningPairs;
import dev.cloister.contract.proof.Checkpoint;
import dev.cloister.contract.proof.NoteKey;
import dev.cloister.contract.proof.NoteSigner;
import dev.cloister.contract.proof.check.Verdict;
import dev.cloister.contract.proof.check.Verdict.Damage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever the owner of the database, or of an export, alters is found, and the first wrong index is named. */
class TamperingTest {
    private static final LogWorld WORLD = new LogWorld();
    private static String good = "";

    @BeforeAll
    static void fill() {
        WORLD.events(700);
        good = WORLD.export();
    }

    @AfterAll
    static void close() {
        WORLD.close();
    }

    private static void isFound(Verdict verdict, Damage damage, long index) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Wrong.class, wrong -> {
            assertThat(wrong.damage()).as(wrong.sentence()).isEqualTo(damage);
            assertThat(wrong.index()).as(wrong.sentence()).isEqualTo(index);
        });
    }

    private static List<String> lines() {
        return new ArrayList<>(Arrays.asList(good.strip().split("\n")));
    }

    private static int lineOf(List<String> lines, long index) {
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).startsWith("{\"index\":" + index + ",")) {
                return at;
            }
        }
        throw new AssertionError("no index " + index);
    }

    private static Verdict verify(List<String> lines, Checkpoint... seen) {
        return WORLD.verify(String.join("\n", lines) + "\n", seen);
    }

    @Test
    void whatWasNotTouchedIsWhole() {
        assertThat(verify(lines())).isInstanceOf(Verdict.Whole.class);
    }

    @Test
    void aChangedEntryIsNamed() {
        var lines = lines();
        int at = lineOf(lines, 300);
        lines.set(at, lines.get(at).replace("\"action\":\"open\"", "\"action\":\"close\""));
        isFound(verify(lines), Damage.CHANGED, 300);
    }

    @Test
    void aChangedValueOrSaltIsNamed() {
        var lines = lines();
        int at = lineOf(lines, 301);
        lines.set(at, lines.get(at).replace("192.0.2.7", "192.0.2.8"));
        isFound(verify(lines), Damage.CHANGED, 301);
        lines.set(at, lines.get(at).replace("192.0.2.8", "192.0.2.7").replace("\"ip\":[\"", "\"ip\":[\"AAAA"));
        isFound(verify(lines), Damage.CHANGED, 301);
    }

    @Test
    void aValueUnderAnotherNameIsNamed() {
        var lines = lines();
        int at = lineOf(lines, 302);
        String line = lines.get(at);
        int opened = line.indexOf(",\"opened\":");
        lines.set(at, line.substring(0, opened) + line.substring(opened).replace("\"ip\":[", "\"actor_name\":["));
        isFound(verify(lines), Damage.CHANGED, 302);
    }

    @Test
    void aDeletedEntryIsNamed() {
        var lines = lines();
        lines.remove(lineOf(lines, 256));
        isFound(verify(lines), Damage.DELETED, 256);
    }

    @Test
    void anInsertedEntryIsNamed() {
        var lines = lines();
        int at = lineOf(lines, 40);
        lines.add(at, lines.get(at).replace("\"action\":\"open\"", "\"action\":\"delete\""));
        isFound(verify(lines), Damage.INSERTED, 40);
        lines = lines();
        lines.add(lines.getLast());
        isFound(verify(lines), Damage.INSERTED, WORLD.head().size());
    }

    @Test
    void reorderedEntriesAreNamed() {
        var lines = lines();
        Collections.swap(lines, lineOf(lines, 100), lineOf(lines, 103));
        isFound(verify(lines), Damage.REORDERED, 100);
    }

    @Test
    void anEntryUnderAnotherIndexIsNamed() {
        var lines = lines();
        int at = lineOf(lines, 100);
        lines.set(at, lines.get(at).replace("{\"index\":100,", "{\"index\":101,"));
        isFound(verify(lines), Damage.CHANGED, 100);
    }

    @Test
    void aTruncatedExportIsNamed() {
        var lines = lines();
        isFound(verify(lines.subList(0, lineOf(lines, 650))), Damage.TRUNCATED, 650);
        isFound(verify(lines.subList(0, lineOf(lines, 255) + 1)), Damage.TRUNCATED, 256);
        String cut = good.substring(0, good.indexOf("{\"index\":500,") + 200);
        isFound(WORLD.verify(cut), Damage.CHANGED, 500);
    }

    @Test
    void aForgedHeadIsNamed() throws Exception {
        var head = WORLD.head();
        var forger = NoteSigner.of(head.origin(), NoteKey.Use.LOG, SigningPairs.generate());
        var lines = lines();
        String note = forger.sign(head.text()).toString().replace("\n", "\\n");
        lines.set(0, lines.getFirst().replaceFirst("\"checkpoint\":\"[^\"]*\"", "\"checkpoint\":\"" + note + "\""));
        isFound(verify(lines), Damage.FORGED_CHECKPOINT, -1);
        lines.set(0, good.split("\n", 2)[0].replace("\\n" + head.size() + "\\n", "\\n" + (head.size() - 1) + "\\n"));
        isFound(verify(lines), Damage.FORGED_CHECKPOINT, -1);
    }

    @Test
    void changedHashesAreNamed() {
        var lines = lines();
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).startsWith("{\"tile\":\"1/")) {
                lines.set(
                        at,
                        lines.get(at)
                                .replace("\"hashes\":\"", "\"hashes\":\"AAAA")
                                .replaceFirst("....\"}$", "\"}"));
            }
        }
        assertThat(verify(lines)).isInstanceOf(Verdict.Wrong.class);
    }

    @Test
    void garbageIsRefused() {
        for (String garbage : List.of("", "\n", "{}", "x\ny\n", "{\"checkpoint\":1}\n", "[]\n[]\n", good + "{}\n")) {
            assertThat(WORLD.verify(garbage)).as(garbage.length() + "").isInstanceOf(Verdict.Wrong.class);
        }
        var lines = lines();
        int at = lineOf(lines, 5);
        String line = lines.get(at);
        for (int cut = 0; cut < line.length(); cut += 7) {
            lines.set(at, line.substring(0, cut));
            assertThat(verify(lines)).isInstanceOf(Verdict.Wrong.class);
        }
    }
}
