package dev.cloister.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user without privilege, and without a name as containers often have it. */
final class OrdinaryUserTest {
    private static final int UID = 12345;

    @Test
    void aUserWithoutANameCanStartStopAndStartAgain(@TempDir Path place) throws Exception {
        assumeThat(CurrentUser.isRoot()).isTrue();
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        var classPath = StartedElsewhere.readableClassPath(Files.createDirectory(place.resolve("jars")));
        var home = Files.createDirectory(place.resolve("home"));
        Files.setAttribute(home, "unix:uid", UID);
        var directory = home.resolve("postgres");
        var user = List.of("setpriv", "--reuid=" + UID, "--regid=" + UID, "--clear-groups", "--");
        for (var start = 1; start <= 2; start++) {
            try (var elsewhere = StartedElsewhere.start(user, classPath, directory, home.resolve("programs"))) {
                var line = elsewhere.firstLine();
                assertThat(line).startsWith("ready ");
                var pid = Long.parseLong(line.replace("ready ", ""));
                assertThat(PostgresHarness.statusLine(pid, "Uid")).startsWith(UID + "\t");
                assertThat(PostgresHarness.statusLine(pid, "NoNewPrivs")).isEqualTo("1");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                        .isEqualTo("rwx------");
                assertThat(elsewhere.stop()).isZero();
            }
        }
    }
}
