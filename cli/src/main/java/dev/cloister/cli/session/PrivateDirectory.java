package dev.cloister.cli.session;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory whose files only their owner can read; made with the first of them. */
public record PrivateDirectory(Path path) {
    private static final FileAttribute<?> FILE_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> DIRECTORY_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Replaces a file at once, so that neither a reader nor a machine that loses power sees half of it. */
    public void write(String name, String content) throws IOException {
        Files.createDirectories(path, DIRECTORY_MODE);
        var written = Files.createTempFile(path, "." + name, "", FILE_MODE);
        try {
            Files.writeString(written, content);
            try (var file = FileChannel.open(written, StandardOpenOption.WRITE)) {
                file.force(true);
            }
            Files.move(written, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
