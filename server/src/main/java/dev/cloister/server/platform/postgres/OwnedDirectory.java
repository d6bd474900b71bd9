package dev.cloister.server.platform.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Directories and files that belong to the server's own user and that nobody else can write. */
final class OwnedDirectory {
    private OwnedDirectory() {}

    /**
     * Makes the directory, or checks that the existing one is ours, and takes write permission from everybody else. For
     * root others may pass through it, since PostgreSQL's account must; they cannot list it.
     */
    static void prepare(Path directory) throws IOException, EmbeddedPostgresException {
        var permissions = PosixFilePermissions.fromString(CurrentUser.isRoot() ? "rwx--x--x" : "rwx------");
        if (!Files.exists(directory)) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(permissions));
        }
        if (!Files.isDirectory(directory)) {
            throw new EmbeddedPostgresException("%s is in the way: it should be a directory.".formatted(directory));
        }
        var owner = ownerOf(directory);
        if (owner != CurrentUser.uid()) {
            throw new EmbeddedPostgresException(
                    "%s belongs to %s, but Cloister runs as %s. Start it as the user it belongs to, change the owner (chown -R), or choose another --data-dir."
                            .formatted(directory, Files.getOwner(directory), CurrentUser.name()));
        }
        Files.setPosixFilePermissions(directory, permissions);
    }

    static void makePassable(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    static int ownerOf(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    static void requireSpace(Path directory, int mebibytes) throws IOException, EmbeddedPostgresException {
        var free = Files.getFileStore(directory).getUsableSpace() >> 20;
        if (free < mebibytes) {
            throw new EmbeddedPostgresException(
                    "There is too little space for PostgreSQL at %s: %d MiB free, %d MiB needed. Make room or choose another --data-dir."
                            .formatted(directory, free, mebibytes));
        }
    }

    /** Writes the whole file or leaves the old one as it is; the content is on disk when this returns. */
    static void writeFile(Path file, String content, String permissions) throws IOException {
        var directory = Objects.requireNonNull(file.getParent());
        var temporary = Files.createTempFile(directory, ClusterPaths.TEMPORARY_PREFIX, "");
        try {
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(content.getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(permissions));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        sync(directory);
    }

    /** Makes names in the directory outlive a power failure. */
    static void sync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, Set.of(StandardOpenOption.READ))) {
            channel.force(true);
        }
    }

    /** Deletes a tree; links are deleted and not followed. A tree that is already gone is fine. */
    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                try {
                    Files.deleteIfExists(directory);
                } catch (DirectoryNotEmptyException somethingWasAddedMeanwhile) {
                    throw new IOException("Files keep appearing in " + directory, somethingWasAddedMeanwhile);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
