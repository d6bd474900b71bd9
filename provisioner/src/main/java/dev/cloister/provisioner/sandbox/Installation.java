package dev.cloister.provisioner.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** This data directory and nobody else's: its lock, and a name for it that marks processes and control groups. */
final class Installation implements AutoCloseable {
    /** The environment variable that marks the host's side of a sandbox; the workspace's own processes lack it. */
    static final String MARK = "CLOISTER_SANDBOX";

    private final FileChannel lock;
    private final String name;

    private Installation(FileChannel lock, String name) {
        this.lock = lock;
        this.name = name;
    }

    /** @throws IOException with a sentence for the operator */
    static Installation open(Path dataDirectory) throws IOException {
        try {
            WorkspaceDirectory.directory(dataDirectory, "rwx------");
        } catch (IOException e) {
            throw new IOException(
                    "The data directory " + dataDirectory + " cannot be used: " + e.getMessage()
                            + ". Make it writable for the server's user, or choose another.",
                    e);
        }
        var lock = FileChannel.open(
                dataDirectory.resolve("engine.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new IOException("Another server uses the data directory " + dataDirectory + ": stop it first.");
            }
            return new Installation(lock, name(dataDirectory.resolve("engine.name")));
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new IOException("The data directory " + dataDirectory + " is already in use by this server.", e);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static String name(Path file) throws IOException {
        if (Files.exists(file)) {
            var name = Files.readString(file).strip();
            if (name.matches("cloister-[0-9a-f]{8}")) {
                return name;
            }
        }
        var name = "cloister-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        Files.writeString(file, name + "\n");
        return name;
    }

    /** Such as {@code cloister-1f2e3d4c}. */
    String name() {
        return name;
    }

    String mark(UUID workspaceId) {
        return name + "/" + workspaceId;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            // The lock goes with the process at the latest.
        }
    }
}
