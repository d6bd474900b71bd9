package dev.cloister.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path directory;

    @Test
    void itIsMadeForItsOwnerAlone() throws Exception {
        var made = DataDirectory.prepare(directory.resolve("a/b"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx--x--x");
        assertThat(DataDirectory.prepare(made)).isEqualTo(made);
    }

    @Test
    void aFileInItsPlaceOrOnTheWayIsNamed() throws Exception {
        var file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.prepare(file))
                .hasMessage("The data directory " + file + " is a file. Choose a directory with --data-dir.");
        assertThatThrownBy(() -> DataDirectory.prepare(file.resolve("below")))
                .hasMessageStartingWith("The data directory " + file.resolve("below"))
                .hasMessageEndingWith("Choose another with --data-dir.");
    }
}
