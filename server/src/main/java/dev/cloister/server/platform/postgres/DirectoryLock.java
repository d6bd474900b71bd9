package dev.cloister.server.platform.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps two Cloister servers off one directory. The kernel lets go of the lock when its holder dies, however it dies,
 * so a lock that is held means a living server.
 */
final class DirectoryLock implements Closeable {
    /** A process that closes any descriptor of a file loses its locks on it, so ours must never be opened twice. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DirectoryLock take(ClusterPaths paths) throws EmbeddedPostgresException {
        var file = paths.lock();
        if (!HELD_HERE.add(file)) {
            throw taken(paths, "");
        }
        try {
            var channel = open(file);
            if (channel.tryLock() == null) {
                channel.close();
                throw taken(paths, holder(file));
            }
            var pid = (ProcessHandle.current().pid() + "\n").getBytes(UTF_8);
            channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
            return new DirectoryLock(file, channel);
        } catch (EmbeddedPostgresException e) {
            HELD_HERE.remove(file);
            throw e;
        } catch (IOException e) {
            HELD_HERE.remove(file);
            throw new EmbeddedPostgresException("The lock file %s cannot be used: %s".formatted(file, e), e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static EmbeddedPostgresException taken(ClusterPaths paths, String holder) {
        return new EmbeddedPostgresException(
                "Another Cloister server%s is using %s. Stop it first, or give this one another --data-dir."
                        .formatted(holder, paths.directory()));
    }

    private static String holder(Path file) throws IOException {
        var pid = Files.readString(file).strip();
        return pid.matches("\\d{1,10}") ? " (process " + pid + ")" : "";
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD_HERE.remove(file);
    }
}
