package dev.cloister.server.testing;

import dev.cloister.contract.Secret;
import dev.cloister.server.platform.postgres.EmbeddedPostgres;
import dev.cloister.server.platform.postgres.EmbeddedPostgresSettings;
import dev.cloister.server.platform.sql.Database;
import dev.cloister.server.platform.sql.Events;
import dev.cloister.server.platform.sql.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fresh, migrated database, copied from a template in some milliseconds. One PostgreSQL serves the whole test run and
 * ends with it.
 */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static EmbeddedPostgres postgres;

    private final String name;
    private final Database database;
    private final Events events;

    private TestDatabase(String name) {
        this.name = name;
        this.database = Database.open(url(), username(), password(), 10);
        this.events = new Events(url(), username(), password());
    }

    /** A database with the newest schema and no rows. */
    public static TestDatabase create() {
        start();
        String name = "test_" + NUMBER.incrementAndGet();
        run("CREATE DATABASE " + name + " OWNER " + postgres.username() + " TEMPLATE migrated");
        return new TestDatabase(name);
    }

    /** A database without a schema. */
    public static TestDatabase empty() {
        start();
        String name = "empty_" + NUMBER.incrementAndGet();
        run("CREATE DATABASE " + name + " OWNER " + postgres.username());
        return new TestDatabase(name);
    }

    private static synchronized void start() {
        if (postgres != null) {
            return;
        }
        try {
            Path directory = Files.createTempDirectory("cloister-test-postgres");
            postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory)
                    .withBinaries(
                            Path.of("target", "postgres-programs-for-tests").toAbsolutePath()));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                postgres.stop();
                delete(directory);
            }));
        } catch (Exception e) {
            throw new IllegalStateException("PostgreSQL for tests did not start", e);
        }
        run("CREATE DATABASE migrated OWNER " + postgres.username());
        var template = new TestDatabase("migrated");
        Migrations.run(template.database().dataSource());
        template.close();
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void run(String sql) {
        var superuser = postgres.superuser();
        try (var connection = DriverManager.getConnection(
                        superuser.jdbcUrl(),
                        superuser.username(),
                        superuser.password().reveal());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Runs a statement as the owner of the rows, past all permits and announcements: for arranging and for looking. */
    public void execute(String sql) {
        try (var connection = DriverManager.getConnection(
                        url(), username(), password().reveal());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        events.freshness().changed();
    }

    /** The first column of the first row as text, empty where there is none. */
    public String look(String sql) {
        try (var connection = DriverManager.getConnection(
                        url(), username(), password().reveal());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public Database database() {
        return database;
    }

    public Events events() {
        return events;
    }

    public String url() {
        return postgres.jdbcUrl().replaceFirst("/[a-z]+\\?", "/" + name + "?");
    }

    public String username() {
        return postgres.username();
    }

    public Secret password() {
        return postgres.password();
    }

    @Override
    public void close() {
        events.close();
        database.close();
    }
}
