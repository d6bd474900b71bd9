package dev.cloister.server.platform.postgres;

import static dev.cloister.server.platform.postgres.PostgresHarness.execute;
import static dev.cloister.server.platform.postgres.PostgresHarness.query;
import static dev.cloister.server.platform.postgres.PostgresHarness.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a started PostgreSQL is like, and who may use it. */
final class EmbeddedPostgresTest {
    @TempDir
    static Path directory;

    static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start(settings(directory));
    }

    @AfterAll
    static void stop() {
        postgres.stop();
    }

    @Test
    void theApplicationOwnsItsDatabaseAndIsNoSuperuser() throws Exception {
        execute(postgres, "CREATE TABLE greetings (word text)");
        execute(postgres, "INSERT INTO greetings VALUES ('hello')");
        assertThat(query(postgres, "SELECT word FROM greetings")).isEqualTo("hello");
        assertThat(query(
                        postgres,
                        "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = 'cloister'"))
                .isEqualTo("f");
        assertThatThrownBy(() -> execute(postgres, "COPY greetings TO PROGRAM 'cat'"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void theSuperuserCanLogIn() throws Exception {
        var login = postgres.superuser();
        try (var connection = DriverManager.getConnection(
                login.jdbcUrl(), login.username(), login.password().reveal())) {
            assertThat(query(connection, "SELECT current_setting('is_superuser')"))
                    .isEqualTo("on");
        }
    }

    @Test
    void nothingIsTrustedWithoutThePassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "cloister", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> DriverManager.getConnection(
                        postgres.superuser().jdbcUrl(),
                        postgres.username(),
                        postgres.password().reveal()))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void itIsDurableCheckedAndReachableFromThisMachineOnly() throws Exception {
        assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
        assertThat(query(postgres, "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(query(postgres, "SHOW full_page_writes")).isEqualTo("on");
        assertThat(query(postgres, "SHOW data_checksums")).isEqualTo("on");
        assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(query(postgres, "SHOW password_encryption")).isEqualTo("scram-sha-256");
        assertThat(query(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
        assertThat(query(
                        postgres,
                        "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'cloister'"))
                .isEqualTo("bC.UTF-8");
    }

    @Test
    void noFileIsOpenToOthers() throws Exception {
        var paths = new ClusterPaths(directory.toRealPath());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.data())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.superuserPassword())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(paths.applicationPassword())))
                .isEqualTo("rw-------");
        assertThat(directory)
                .isDirectoryNotContaining(
                        file -> file.getFileName().toString().startsWith(ClusterPaths.TEMPORARY_PREFIX));
        assertThat(postgres.password().toString())
                .doesNotContain(Files.readString(paths.applicationPassword()).strip());
        assertThat(postgres.jdbcUrl()).doesNotContain(postgres.password().reveal());
    }

    @Test
    void underRootItRunsAsAnAccountThatCanDoNothingElse() throws Exception {
        assumeThat(CurrentUser.isRoot()).isTrue();
        var uid = PostgresHarness.statusLine(postgres.pid(), "Uid").split("\\s+")[0];
        assertThat(uid).isNotEqualTo("0");
        assertThat(Files.getOwner(directory.resolve("data")).getName()).isEqualTo("cloister-postgres");
        assertThat(PostgresHarness.statusLine(postgres.pid(), "NoNewPrivs")).isEqualTo("1");
        for (var set : new String[] {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"}) {
            assertThat(PostgresHarness.statusLine(postgres.pid(), set)).as(set).isEqualTo("0000000000000000");
        }
        assertThat(PostgresHarness.statusLine(postgres.pid(), "Groups")).isEmpty();
        assertThat(Files.readString(Path.of("/proc/" + postgres.pid() + "/environ")))
                .doesNotContain("HOME=/root");
    }

    @Test
    void aSecondServerOnTheSameDirectoryIsRefused() throws Exception {
        assertThatThrownBy(() -> EmbeddedPostgres.start(settings(directory)))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("Another Cloister server")
                .hasMessageContaining(directory.toString());
        try (var other = StartedElsewhere.start(
                List.of(), System.getProperty("java.class.path"), directory, PostgresHarness.sharedBinaries())) {
            assertThat(other.firstLine())
                    .startsWith("refused Another Cloister server (process "
                            + ProcessHandle.current().pid() + ")");
        }
        assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
    }
}
