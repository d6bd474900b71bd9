package dev.cloister.cli.template;

import dev.cloister.cli.session.CommandException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Unpacks a template from a server, which is not trusted to name only files inside the target. */
final class TemplateExtraction {
    private static final long MAX_TOTAL = 64L << 20;

    private TemplateExtraction() {}

    /** Writes the files under the directory, which is made if it is missing; files that exist already are kept. */
    static int unpack(byte[] archive, Path directory) throws IOException, CommandException {
        Files.createDirectories(directory);
        var root = directory.toRealPath();
        long total = 0;
        int files = 0;
        try (var tar = new TarArchiveInputStream(new ByteArrayInputStream(archive), "UTF-8")) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue; // made with the files in them
                }
                var target = target(root, entry);
                total += entry.getSize();
                if (++files > TemplateArchive.MAX_FILES || total > MAX_TOTAL) {
                    throw CommandException.failure("The template is too large to unpack.");
                }
                var parent = Objects.requireNonNull(target.getParent());
                requireInside(root, parent);
                Files.createDirectories(parent);
                var content = tar.readNBytes((int) Math.min(entry.getSize(), MAX_TOTAL));
                Files.write(target, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                if ((entry.getMode() & 0100) != 0) {
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
        return files;
    }

    private static Path target(Path root, TarArchiveEntry entry) throws CommandException {
        try {
            var target = root.resolve(entry.getName()).normalize();
            if (plain(entry) && target.startsWith(root) && !target.equals(root)) {
                return target;
            }
        } catch (InvalidPathException impossible) {
            // refused below
        }
        throw CommandException.failure("The archive of the server holds \"" + entry.getName()
                + "\", which is no plain file of a template. Nothing more was unpacked.");
    }

    private static boolean plain(TarArchiveEntry entry) {
        return entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
    }

    /** A link that stood in the directory before must not lead the files elsewhere. */
    private static void requireInside(Path root, Path directory) throws IOException, CommandException {
        var existing = directory;
        while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = Objects.requireNonNull(existing.getParent()); // the root exists, so this ends
        }
        if (!existing.toRealPath().startsWith(root)) {
            throw CommandException.failure(
                    "A symbolic link in " + root + " leads out of it. Unpack into another directory.");
        }
    }
}
