package dev.cloister.server.platform.postgres;

import dev.cloister.contract.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Makes the data directory. All of it happens under another name and one rename ends it, so a crash at any moment
 * leaves either nothing or a finished directory whose passwords are known.
 */
final class ClusterInitialiser {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final ClusterPaths paths;
    private final PostgresCommands commands;

    ClusterInitialiser(ClusterPaths paths, PostgresCommands commands) {
        this.paths = paths;
        this.commands = commands;
    }

    void run() throws EmbeddedPostgresException, InterruptedException {
        try {
            OwnedDirectory.requireSpace(paths.directory(), 150);
            var superuser = makePassword(paths.superuserPassword());
            var application = makePassword(paths.applicationPassword());
            var staging = Files.createTempDirectory(paths.directory(), ClusterPaths.TEMPORARY_PREFIX);
            try {
                initialise(staging, superuser);
                createApplicationDatabase(staging, application);
                Files.move(staging, paths.data());
                OwnedDirectory.sync(paths.directory());
            } finally {
                OwnedDirectory.deleteTree(staging);
            }
        } catch (IOException e) {
            throw Advice.io("The data directory could not be made", paths.data(), e);
        }
    }

    /** A password of an attempt that did not finish is as good as a new one. */
    private Secret makePassword(Path file) throws IOException {
        var password = Secret.random(32);
        OwnedDirectory.writeFile(file, password.reveal() + "\n", "rw-------");
        return password;
    }

    /** initdb reads the password from a file of its own account, which is gone again afterwards. */
    private void initialise(Path staging, Secret superuser)
            throws IOException, EmbeddedPostgresException, InterruptedException {
        give(staging);
        var handover = Files.createTempFile(paths.directory(), ClusterPaths.TEMPORARY_PREFIX, "");
        try {
            Files.writeString(handover, superuser.reveal() + "\n");
            give(handover);
            var result = ShortCommand.run(LIMIT, "", commands.initialise(staging, handover));
            if (!result.succeeded()) {
                throw Advice.failed("initdb", paths.data(), result.lines());
            }
        } finally {
            Files.deleteIfExists(handover);
        }
    }

    /** The server itself never works as superuser: its role owns one database and nothing else. */
    private void createApplicationDatabase(Path staging, Secret application)
            throws IOException, EmbeddedPostgresException, InterruptedException {
        var sql = """
                CREATE ROLE %1$s LOGIN PASSWORD '%2$s';
                CREATE DATABASE %1$s OWNER %1$s;
                REVOKE ALL ON DATABASE %1$s FROM PUBLIC;
                REVOKE ALL ON DATABASE postgres FROM PUBLIC;
                """.formatted(EmbeddedPostgres.APPLICATION, application.reveal());
        var result = ShortCommand.run(LIMIT, sql, commands.singleUser(staging));
        var failed = result.lines().stream().anyMatch(line -> line.matches(".*\\b(ERROR|FATAL|PANIC):.*"));
        if (!result.succeeded() || failed) {
            var withoutSecrets = result.lines().stream()
                    .filter(line -> !line.contains(application.reveal()))
                    .toList();
            throw Advice.failed("making the database", paths.data(), List.copyOf(withoutSecrets));
        }
    }

    private void give(Path file) throws IOException {
        if (commands.account().changes()) {
            Files.setAttribute(file, "unix:gid", commands.account().gid());
            Files.setAttribute(file, "unix:uid", commands.account().uid());
        }
    }
}
