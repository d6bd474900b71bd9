package dev.cloister.server.platform.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Assertions;

/** What the tests of this package share: the unpacked programs, connections, and waiting with a deadline. */
final class PostgresHarness {
    private PostgresHarness() {}

    /** Unpacked once for all test runs, since it takes seconds. */
    static Path sharedBinaries() {
        return Path.of("target", "postgres-programs-" + CurrentUser.uid()).toAbsolutePath();
    }

    static EmbeddedPostgresSettings settings(Path directory) {
        return EmbeddedPostgresSettings.in(directory).withBinaries(sharedBinaries());
    }

    static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(), postgres.username(), postgres.password().reveal());
    }

    static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = connect(postgres)) {
            return query(connection, sql);
        }
    }

    static String query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }

    static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static void await(Duration limit, String claim, Callable<Boolean> condition) throws Exception {
        var deadline = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                Assertions.fail("Not within " + limit.toSeconds() + " s: " + claim);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    /** A zombie is dead; who has to bury it is another matter. */
    static boolean isAlive(long pid) {
        try {
            return !statusLine(pid, "State").startsWith("Z");
        } catch (IOException | UncheckedIOException gone) {
            return false;
        }
    }

    static String statusLine(long pid, String name) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }
}
