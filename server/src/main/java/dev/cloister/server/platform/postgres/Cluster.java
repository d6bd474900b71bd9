package dev.cloister.server.platform.postgres;

import dev.cloister.contract.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data directory and its passwords: checks that this PostgreSQL may use them, and knows whether they exist. */
final class Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    private final ClusterPaths paths;
    private final RunAs account;

    Cluster(ClusterPaths paths, RunAs account) {
        this.paths = paths;
        this.account = account;
    }

    boolean exists() {
        return Files.exists(paths.data());
    }

    /** Refuses a data directory of another version or owner; takes everybody else's permissions from it. */
    void check(Binaries binaries) throws EmbeddedPostgresException {
        var data = paths.data();
        try {
            var owner = OwnedDirectory.ownerOf(data);
            if (owner != account.uid()) {
                throw new EmbeddedPostgresException(
                        "The data directory %s belongs to %s, but PostgreSQL would run as %s. Start Cloister as the user it was made by, or give it to that account: chown -R %d:%d %s"
                                .formatted(
                                        data,
                                        Files.getOwner(data),
                                        account.name(),
                                        account.uid(),
                                        account.gid(),
                                        data));
            }
            var versionFile = data.resolve("PG_VERSION");
            if (!Files.isRegularFile(versionFile)) {
                throw new EmbeddedPostgresException(
                        "%s holds no PostgreSQL data (PG_VERSION is missing). Move it aside, or choose another --data-dir."
                                .formatted(data));
            }
            var version = Files.readString(versionFile).strip();
            if (!version.equals(binaries.majorVersion())) {
                throw new EmbeddedPostgresException(otherVersion(version, binaries));
            }
            if (!Files.getPosixFilePermissions(data).equals(PosixFilePermissions.fromString("rwx------"))) {
                LOG.warn("Other users could open {}; it is closed to them now", data);
                Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw Advice.io("The data directory cannot be used", data, e);
        }
    }

    private String otherVersion(String version, Binaries binaries) {
        return """
               The data directory %1$s was written by PostgreSQL %2$s; this Cloister brings PostgreSQL %3$s, which cannot read it. Nothing was changed. To bring the data along:
                   1. start the Cloister that wrote it (or a PostgreSQL %2$s on that directory)
                   2. pg_dump --format=custom --file=cloister.dump cloister     (user postgres, password in %4$s)
                   3. stop it and move %5$s aside
                   4. start this Cloister once with --print-settings, then on an empty directory, and stop it
                   5. pg_restore --clean --if-exists --dbname=cloister cloister.dump against a running one""".formatted(paths.data(), version, binaries.version(), paths.superuserPassword(), paths.directory());
    }

    Secret password(Path file) throws EmbeddedPostgresException {
        try {
            var text = Files.readString(file).strip();
            if (!text.isEmpty()) {
                return Secret.of(text);
            }
        } catch (IOException e) {
            throw Advice.io("The password of the embedded PostgreSQL cannot be read", file, e);
        }
        throw new EmbeddedPostgresException(
                "The password file %s is empty; restore it from a backup of %s.".formatted(file, paths.directory()));
    }
}
