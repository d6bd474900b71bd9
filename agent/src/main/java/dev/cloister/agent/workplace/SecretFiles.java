package dev.cloister.agent.workplace;

import dev.cloister.contract.agent.WorkspaceSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the user's secrets into the files that they are wanted in, for the user alone to read. */
final class SecretFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFiles.class);

    private final Path home;

    SecretFiles(Path home) {
        this.home = home;
    }

    /** Writes what can be written; a file that cannot does not keep the workspace from starting. */
    void write(List<WorkspaceSecret> secrets) {
        for (var secret : secrets) {
            if (!secret.getFilePath().isEmpty()) {
                try {
                    write(path(secret.getFilePath()), secret.getValue().toByteArray());
                } catch (IOException | RuntimeException e) {
                    LOG.warn("the secret file {} cannot be written: {}", secret.getFilePath(), e.toString());
                }
            }
        }
    }

    private Path path(String wanted) {
        return wanted.startsWith("~/") ? home.resolve(wanted.substring(2)) : Path.of(wanted);
    }

    /** Beside and then into place: a reader never sees half a secret, and a symbolic link is replaced, not followed. */
    private static void write(Path file, byte[] value) throws IOException {
        var directory = file.toAbsolutePath().getParent();
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var fresh = Files.createTempFile(
                directory,
                ".secret",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(fresh, value);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
