package dev.cloister.server.platform.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.server.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    private static final String SCHEMA = """
            SELECT string_agg(table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable, E'\\n'
                ORDER BY table_name, ordinal_position)
            FROM information_schema.columns
            WHERE table_schema = 'public' AND table_name <> 'flyway_schema_history'""";

    private static List<String> versions() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> name.substring(1, name.indexOf("__")))
                    .sorted(java.util.Comparator.comparing(Integer::valueOf))
                    .toList();
        }
    }

    @Test
    void anEmptyDatabaseAndEveryEarlierSchemaEndAlike() throws IOException {
        String expected;
        try (var fresh = TestDatabase.create()) {
            expected = fresh.look(SCHEMA);
        }
        assertThat(expected).contains("workspaces.owner_id uuid NO");
        for (String version : versions()) {
            try (var earlier = TestDatabase.empty()) {
                Migrations.runTo(earlier.database().dataSource(), version);
                Migrations.run(earlier.database().dataSource());
                assertThat(earlier.look(SCHEMA)).as("from version %s", version).isEqualTo(expected);
            }
        }
    }

    @Test
    void rowsSurviveEveryStep() throws IOException {
        try (var database = TestDatabase.empty()) {
            Migrations.runTo(database.database().dataSource(), versions().getFirst());
            database.execute("""
                    INSERT INTO users (id, username, email, login_type, status, created_at, updated_at)
                    VALUES ('00000000-0000-0000-0000-000000000001', 'ann', 'ann@example.com', 'password', 'active',
                        now(), now())""");
            Migrations.run(database.database().dataSource());
            assertThat(database.look("SELECT username FROM users")).isEqualTo("ann");
        }
    }

    @Test
    void aSchemaOfANewerServerIsRefused() {
        try (var database = TestDatabase.create()) {
            database.execute("""
                    INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, installed_by,
                        execution_time, success)
                    VALUES (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 'cloister', 1, TRUE)""");
            assertThatThrownBy(() -> Migrations.run(database.database().dataSource()))
                    .hasMessageContaining("newer");
        }
    }

    @Test
    void aDatabaseWithTheMarkOfTheSameMigrationsIsNotLookedAtAgainAndAnyOtherIs() {
        try (var database = TestDatabase.create()) {
            var source = database.database().dataSource();
            Migrations.run(source, Optional.of("a"));
            database.execute("UPDATE flyway_schema_history SET checksum = 0 WHERE version = '1'");
            Migrations.run(source, Optional.of("a"));
            assertThatThrownBy(() -> Migrations.run(source, Optional.of("b"))).hasMessageContaining("checksum");
        }
    }

    @Test
    void theMarkOfMigrationsChangesWithTheirTextAndNames(@TempDir Path directory) throws IOException {
        String before = SchemaFingerprint.of(jar(directory, "db/V1__a.sql", "SELECT 1"), "db");
        assertThat(SchemaFingerprint.of(jar(directory, "db/V1__a.sql", "SELECT 1"), "db"))
                .isEqualTo(before);
        assertThat(SchemaFingerprint.of(jar(directory, "db/V1__a.sql", "SELECT 2"), "db"))
                .isNotEqualTo(before);
        assertThat(SchemaFingerprint.of(jar(directory, "db/V2__a.sql", "SELECT 1"), "db"))
                .isNotEqualTo(before);
    }

    private static Path jar(Path directory, String name, String content) throws IOException {
        Path file = Files.createTempFile(directory, "migrations", ".jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(UTF_8));
        }
        return file;
    }

    @Test
    void aReadingTransactionCannotWrite() {
        try (var database = TestDatabase.create()) {
            assertThatThrownBy(() -> database.database()
                            .read(tx -> tx.query("DELETE FROM users RETURNING id")
                                    .mapTo(String.class)
                                    .list()))
                    .isInstanceOf(dev.cloister.server.platform.Failure.Unavailable.class);
        }
    }
}
