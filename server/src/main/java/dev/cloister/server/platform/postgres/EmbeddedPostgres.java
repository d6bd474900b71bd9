package dev.cloister.server.platform.postgres;

import dev.cloister.contract.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that belongs to this server: made on the first start, found again on the next, supervised while it runs.
 *
 * <p>It listens on 127.0.0.1 only, on a port chosen at each start. If it dies it is started again within a second and
 * the URL stays true. If this process dies, however it dies, the kernel tells PostgreSQL to shut down; what is still
 * shutting down then is waited for by the next start. Two servers never share a directory.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** Name of the database and of the role that owns it; the role has no right beyond. */
    static final String APPLICATION = "cloister";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final int PORTS_TRIED = 5;

    private final DirectoryLock lock;
    private final Postmaster postmaster;
    private final Binaries binaries;
    private final Secret applicationPassword;
    private final Secret superuserPassword;

    private EmbeddedPostgres(
            DirectoryLock lock, Postmaster postmaster, Binaries binaries, Cluster cluster, ClusterPaths paths)
            throws EmbeddedPostgresException {
        this.lock = lock;
        this.postmaster = postmaster;
        this.binaries = binaries;
        this.applicationPassword = cluster.password(paths.applicationPassword());
        this.superuserPassword = cluster.password(paths.superuserPassword());
    }

    /**
     * Starts PostgreSQL and returns when it accepts connections: some 0.2 s when all is there, some seconds the first
     * time.
     *
     * @throws EmbeddedPostgresException when that is impossible, with what to do about it
     */
    public static EmbeddedPostgres start(EmbeddedPostgresSettings settings)
            throws EmbeddedPostgresException, InterruptedException {
        var paths = new ClusterPaths(real(settings.directory()));
        var lock = DirectoryLock.take(paths);
        try {
            return start(settings, paths, lock);
        } catch (EmbeddedPostgresException | InterruptedException | RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private static EmbeddedPostgres start(EmbeddedPostgresSettings settings, ClusterPaths paths, DirectoryLock lock)
            throws EmbeddedPostgresException, InterruptedException {
        var binaries =
                Binaries.unpacked(real(settings.binaries()), BinariesArchive.forThisMachine(), settings.progress());
        var account = RunAs.choose(settings.account());
        var commands = new PostgresCommands(paths, binaries, account);
        var cluster = new Cluster(paths, account);
        var leftovers = new Leftovers(paths);
        leftovers.removeUnfinishedFiles();
        writeConfiguration(paths);
        if (!cluster.exists()) {
            settings.progress().accept("Making the database (first start only)");
            new ClusterInitialiser(paths, commands).run();
        }
        cluster.check(binaries);
        leftovers.stopProcesses();
        var postmaster = startOnFreePort(settings, commands);
        try {
            return new EmbeddedPostgres(lock, postmaster, binaries, cluster, paths);
        } catch (EmbeddedPostgresException e) {
            postmaster.stop();
            throw e;
        }
    }

    private static Path real(Path directory) throws EmbeddedPostgresException {
        try {
            OwnedDirectory.prepare(directory.toAbsolutePath());
            return directory.toRealPath();
        } catch (IOException e) {
            throw Advice.io("The directory for PostgreSQL cannot be used", directory, e);
        }
    }

    private static void writeConfiguration(ClusterPaths paths) throws EmbeddedPostgresException {
        try {
            ServerConfiguration.write(paths);
        } catch (IOException e) {
            throw Advice.io("PostgreSQL's configuration cannot be written", paths.directory(), e);
        }
    }

    /** Between choosing a port and using it another program may take it, so one failure is not the end. */
    private static Postmaster startOnFreePort(EmbeddedPostgresSettings settings, PostgresCommands commands)
            throws EmbeddedPostgresException, InterruptedException {
        for (var attempt = 1; ; attempt++) {
            var postmaster = new Postmaster(commands, freePort(), settings.progress());
            switch (postmaster.start()) {
                case Postmaster.Outcome.Ready ready -> {
                    return postmaster;
                }
                case Postmaster.Outcome.Failed failed -> {
                    if (!failed.portTaken() || attempt == PORTS_TRIED) {
                        throw failed.reason();
                    }
                    LOG.info("Port {} was taken; trying another", postmaster.port());
                }
            }
        }
    }

    private static int freePort() throws EmbeddedPostgresException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new EmbeddedPostgresException("No port on 127.0.0.1 is free for PostgreSQL: " + e.getMessage(), e);
        }
    }

    /** Where the server's database is; the URL makes the driver refuse any login but SCRAM. */
    public String jdbcUrl() {
        return url(APPLICATION);
    }

    public String username() {
        return APPLICATION;
    }

    public Secret password() {
        return applicationPassword;
    }

    /** All rights, for backup and tests; the server itself does without. */
    public PostgresLogin superuser() {
        return new PostgresLogin(url("postgres"), PostgresCommands.SUPERUSER, superuserPassword);
    }

    /** As PostgreSQL says it, for example {@code 18.6}. */
    public String version() {
        return binaries.version();
    }

    long pid() {
        return postmaster.pid();
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?requireAuth=scram-sha-256&sslmode=disable&gssEncMode=disable"
                .formatted(postmaster.port(), database);
    }

    /** Ends sessions, writes everything to disk and stops; takes a second, half a minute at worst. */
    public void stop() {
        try {
            postmaster.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release(lock);
        }
    }

    @Override
    public void close() {
        stop();
    }

    private static void release(DirectoryLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The lock of PostgreSQL's directory could not be released", e);
        }
    }
}
