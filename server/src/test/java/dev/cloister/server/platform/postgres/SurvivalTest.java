package dev.cloister.server.platform.postgres;

import static dev.cloister.server.platform.postgres.PostgresHarness.await;
import static dev.cloister.server.platform.postgres.PostgresHarness.execute;
import static dev.cloister.server.platform.postgres.PostgresHarness.isAlive;
import static dev.cloister.server.platform.postgres.PostgresHarness.query;
import static dev.cloister.server.platform.postgres.PostgresHarness.settings;
import static dev.cloister.server.platform.postgres.PostgresHarness.sharedBinaries;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stops, kills and restarts: what was committed is there again, and never do two servers share a directory. */
final class SurvivalTest {
    @TempDir
    static Path directory;

    @BeforeAll
    static void makeTheDatabase() throws Exception {
        try (var postgres = EmbeddedPostgres.start(settings(directory))) {
            execute(postgres, "CREATE TABLE notes (id int GENERATED ALWAYS AS IDENTITY, text text)");
        }
    }

    private static void note(EmbeddedPostgres postgres, String text) throws SQLException {
        execute(postgres, "INSERT INTO notes (text) VALUES ('" + text + "')");
    }

    private static String count(EmbeddedPostgres postgres, String text) throws SQLException {
        return query(postgres, "SELECT count(*) FROM notes WHERE text = '" + text + "'");
    }

    @Test
    void aStopEndsEveryProcessAndANewStartFindsTheData() throws Exception {
        long pid;
        try (var postgres = EmbeddedPostgres.start(settings(directory))) {
            note(postgres, "stopped");
            pid = postgres.pid();
        }
        assertThat(isAlive(pid)).isFalse();
        assertThat(new Leftovers(new ClusterPaths(directory.toRealPath())).processes())
                .isEmpty();
        var progress = new ArrayList<String>();
        try (var postgres = EmbeddedPostgres.start(settings(directory).withProgress(progress::add))) {
            assertThat(count(postgres, "stopped")).isEqualTo("1");
            assertThat(progress).isEmpty();
        }
    }

    @Test
    void aKilledPostgresIsBackWithinSecondsUnderTheSameUrl() throws Exception {
        try (var postgres = EmbeddedPostgres.start(settings(directory))) {
            for (var round = 0; round < 3; round++) {
                note(postgres, "killed");
                var killed = postgres.pid();
                Signal.KILL.send(killed);
                await(Duration.ofMinutes(1), "a new process", () -> postgres.pid() != killed);
                await(Duration.ofMinutes(1), "connections are accepted", () -> canQuery(postgres));
            }
            assertThat(count(postgres, "killed")).isEqualTo("3");
        }
    }

    private static boolean canQuery(EmbeddedPostgres postgres) {
        try {
            return query(postgres, "SELECT 1").equals("1");
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Test
    void aKilledServerTakesPostgresAlong() throws Exception {
        try (var elsewhere =
                StartedElsewhere.start(List.of(), System.getProperty("java.class.path"), directory, sharedBinaries())) {
            var pid = Long.parseLong(elsewhere.firstLine().replace("ready ", ""));
            assertThat(isAlive(pid)).isTrue();
            elsewhere.kill();
            await(Duration.ofMinutes(1), "PostgreSQL has ended", () -> !isAlive(pid));
        }
    }

    @Test
    void theStartRightAfterAKillFindsTheData() throws Exception {
        try (var elsewhere =
                StartedElsewhere.start(List.of(), System.getProperty("java.class.path"), directory, sharedBinaries())) {
            var pid = Long.parseLong(elsewhere.firstLine().replace("ready ", ""));
            elsewhere.kill();
            try (var postgres = EmbeddedPostgres.start(settings(directory))) {
                assertThat(query(postgres, "SELECT count(*) > 0 FROM visits")).isEqualTo("t");
                assertThat(isAlive(pid)).isFalse();
            }
        }
    }

    @Test
    void aPostgresThatOutlivedItsServerIsStoppedFirst() throws Exception {
        var paths = new ClusterPaths(directory.toRealPath());
        var binaries = Binaries.unpacked(sharedBinaries(), BinariesArchive.forThisMachine(), line -> {});
        var account = RunAs.choose(EmbeddedPostgresSettings.DEFAULT_ACCOUNT);
        var command = new ArrayList<>(new PostgresCommands(paths, binaries, account).server(0));
        command.set(command.indexOf("-p") + 1, "54999");
        command.set(command.indexOf("INT"), "clear");
        var orphan = ShortCommand.spawn(command);
        try {
            await(Duration.ofMinutes(1), "the orphan is ready", () -> {
                var file = PostmasterFile.read(paths.postmasterFile());
                return file != null && file.ready() && file.port() == 54999;
            });
            try (var postgres = EmbeddedPostgres.start(settings(directory))) {
                assertThat(orphan.isAlive()).isFalse();
                assertThat(postgres.pid()).isNotEqualTo(orphan.pid());
                assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
            }
        } finally {
            orphan.destroyForcibly();
        }
    }

    @Test
    void aProcessIdThatNowBelongsToAnotherProgramIsNoObstacle() throws Exception {
        var paths = new ClusterPaths(directory.toRealPath());
        var lines = "%d\n%s\n1700000000\n5432\n\n127.0.0.1\n0 0\nready\n"
                .formatted(ProcessHandle.current().pid(), paths.data());
        Files.writeString(paths.postmasterFile(), lines);
        Files.setPosixFilePermissions(paths.postmasterFile(), PosixFilePermissions.fromString("rw-------"));
        try (var postgres = EmbeddedPostgres.start(settings(directory))) {
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void whatAnInterruptedFirstStartLeftBehindIsRemoved() throws Exception {
        var unfinished = Files.createDirectories(directory.resolve("making-123").resolve("base"));
        Files.writeString(unfinished.resolve("1"), "half a table");
        try (var postgres = EmbeddedPostgres.start(settings(directory))) {
            assertThat(unfinished.getParent()).doesNotExist();
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }
    }
}
