package dev.cloister.server.platform.postgres;

import static dev.cloister.server.platform.postgres.PostgresHarness.query;
import static dev.cloister.server.platform.postgres.PostgresHarness.settings;
import static dev.cloister.server.platform.postgres.PostgresHarness.sharedBinaries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be done safely is refused, with what to do instead, and nothing is changed. */
final class RefusalTest {
    @TempDir
    static Path directory;

    @BeforeAll
    static void makeTheDatabase() throws Exception {
        EmbeddedPostgres.start(settings(directory)).stop();
    }

    private static void assertRefused(ThrowingCallable start, String... words) {
        assertThatThrownBy(start)
                .isInstanceOf(EmbeddedPostgresException.class)
                .message()
                .contains(words);
    }

    @Test
    void aDirectoryOfAnotherVersionIsRefusedWithTheWayToMoveIt() throws Exception {
        var version = directory.resolve("data/PG_VERSION");
        var original = Files.readString(version);
        Files.writeString(version, "16\n");
        assertRefused(
                () -> EmbeddedPostgres.start(settings(directory)),
                "PostgreSQL 16",
                "PostgreSQL 18",
                "pg_dump",
                "pg_restore");
        assertThat(Files.readString(version)).isEqualTo("16\n");
        Files.writeString(version, original);
        try (var postgres = EmbeddedPostgres.start(settings(directory))) {
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aDirectoryThatHoldsSomethingElseIsRefused(@TempDir Path other) throws Exception {
        var data = Files.createDirectories(other.resolve("data"));
        Files.writeString(data.resolve("holiday.jpg"), "");
        var account = RunAs.choose(EmbeddedPostgresSettings.DEFAULT_ACCOUNT);
        if (account.changes()) {
            Files.setAttribute(data, "unix:uid", account.uid());
        }
        assertRefused(() -> EmbeddedPostgres.start(settings(other)), "PG_VERSION is missing");
        assertThat(data.resolve("holiday.jpg")).exists();
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsRefused(@TempDir Path other) throws Exception {
        var file = Files.writeString(other.resolve("postgres"), "");
        assertRefused(() -> EmbeddedPostgres.start(settings(file)), "should be a directory");
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused(@TempDir Path other) throws Exception {
        assumeThat(CurrentUser.isRoot()).isTrue();
        Files.setAttribute(other, "unix:uid", 12345);
        assertRefused(() -> EmbeddedPostgres.start(settings(other)), "belongs to 12345", "runs as root");
    }

    @Test
    void aDataDirectoryOfAnotherUserIsRefused(@TempDir Path other) throws Exception {
        assumeThat(CurrentUser.isRoot()).isTrue();
        Files.setAttribute(Files.createDirectories(other.resolve("data")), "unix:uid", 12345);
        assertRefused(() -> EmbeddedPostgres.start(settings(other)), "belongs to 12345", "chown");
    }

    @Test
    void rootIsNoAccountForPostgres(@TempDir Path other) {
        assumeThat(CurrentUser.isRoot()).isTrue();
        assertRefused(
                () -> EmbeddedPostgres.start(settings(other).withAccount("root")),
                "useradd",
                "--postgres-url",
                "is root");
    }

    @Test
    void aLostPasswordIsNamed(@TempDir Path other) throws Exception {
        EmbeddedPostgres.start(settings(other)).stop();
        Files.delete(other.resolve("application-password"));
        assertRefused(() -> EmbeddedPostgres.start(settings(other)), "application-password");
        assertThat(new Leftovers(new ClusterPaths(other.toRealPath())).processes())
                .isEmpty();
    }

    @Test
    void tooLittleSpaceIsNamedBeforeAnythingIsMade(@TempDir Path other) {
        assertRefused(
                () -> OwnedDirectory.requireSpace(other, Integer.MAX_VALUE),
                "too little space",
                other.toString(),
                "MiB");
    }

    @Test
    void aFullDiskIsNamed(@TempDir Path other) throws Exception {
        assumeThat(CurrentUser.isRoot()).isTrue();
        var mount = "mount -t tmpfs -o size=60m,mode=0755 small \"$0\" && exec \"$@\"";
        var prefix = List.of("unshare", "--mount", "--", "sh", "-c", mount, other.toString());
        try (var full = StartedElsewhere.start(
                prefix, System.getProperty("java.class.path"), other.resolve("postgres"), sharedBinaries())) {
            assertThat(full.firstLine()).startsWith("refused There is too little space");
        }
    }
}
