package dev.cloister.server.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.contract.proof.check.CopyCheck;
import dev.cloister.contract.proof.check.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
    @TempDir
    Path directory;

    private SinkWorld world;

    @BeforeEach
    void begin() {
        world = new SinkWorld(directory);
    }

    @AfterEach
    void end() {
        world.close();
    }

    private List<Path> files() {
        try (var all = Files.list(directory.resolve("archive"))) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String sink() {
        return world.sink("archive", "file", "json", Map.of("rotate_mib", "1"), Map.of());
    }

    @Test
    void theFilesAreOnlyForTheServerAndProveThemselves() throws IOException {
        world.events(50);
        world.sinks.start();
        long shipped = world.caughtUp(sink());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("archive"))))
                .isEqualTo("rwx------");
        assertThat(world.check(files().toArray(Path[]::new)))
                .isInstanceOfSatisfying(
                        Verdict.Whole.class,
                        whole -> assertThat(whole.entries()).isEqualTo(shipped));
    }

    @Test
    void aFullFileCanNotBeWrittenAnyMore() throws IOException {
        world.events(1200);
        world.sinks.start();
        world.caughtUp(sink());
        assertThat(files()).hasSizeGreaterThan(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
                .isEqualTo("r--------");
        assertThat(world.check(files().toArray(Path[]::new))).isInstanceOf(Verdict.Whole.class);
    }

    @Test
    void afterAKillANewFileBeginsAndTheTornLineIsNoLine() throws IOException {
        world.events(20);
        world.sinks.start();
        String id = sink();
        world.caughtUp(id);
        world.sinks.close();
        // as a process leaves it that dies in the middle of a write, before the cursor moves on
        Path torn = files().getLast();
        Files.writeString(torn, "{\"index\":" + world.size() + ",\"leaf_hash\":\"AA", StandardOpenOption.APPEND);
        world.events(20);
        try (var next = world.replica()) {
            next.start();
            world.caughtUp(id);
        }
        assertThat(files()).hasSize(2);
        assertThat(world.check(files().toArray(Path[]::new)))
                .isInstanceOfSatisfying(
                        Verdict.Whole.class,
                        whole -> assertThat(whole.entries()).isEqualTo(world.size()));
    }

    @Test
    void aRepeatIsRecognized() throws IOException {
        world.events(20);
        world.sinks.start();
        String id = sink();
        world.caughtUp(id);
        var check = new CopyCheck(world.key());
        Path first = files().getFirst();
        assertThat(check.check(List.of(first, first))).isInstanceOf(Verdict.Whole.class);
        assertThat(check.repeats()).isEqualTo(world.size());
    }

    @Test
    void aDiskThatCannotBeWrittenIsTold() throws IOException {
        Files.writeString(directory.resolve("archive"), "in the way");
        world.sinks.start();
        String id = sink();
        var failing = world.until(id, sink -> sink.get("failures").asInt() > 0);
        assertThat(failing.get("last_error").asString()).contains("could not be written");
        Files.delete(directory.resolve("archive"));
        world.caughtUp(id);
        assertThat(world.check(files().toArray(Path[]::new))).isInstanceOf(Verdict.Whole.class);
    }
}
