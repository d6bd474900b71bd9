package dev.cloister.cli.template;

import dev.cloister.cli.session.CommandException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Packs a directory as an archive of plain files. The same files make the same bytes, whoever packs them and when, so
 * that the server can tell that nothing has changed.
 */
final class TemplateArchive {
    static final int MAX_BYTES = 10 << 20;
    static final int MAX_FILES = 5000;
    private static final int MAX_DEPTH = 32;
    private static final int BLOCK = 512;
    private static final int READABLE = 0100644;
    private static final int EXECUTABLE = 0100755;
    /** What belongs to tools and not to a template; .terraform would hold providers of hundreds of megabytes. */
    private static final Set<String> IGNORED = Set.of(".git", ".hg", ".svn", ".terraform", ".DS_Store");

    private final Path root;

    private TemplateArchive(Path root) {
        this.root = root;
    }

    static byte[] of(Path directory) throws IOException, CommandException {
        return new TemplateArchive(directory.toRealPath()).pack();
    }

    private byte[] pack() throws IOException, CommandException {
        var files = new ArrayList<Path>();
        collect(root, 0, files);
        var packed = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(packed, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var file : files) {
                add(tar, file, packed.size());
            }
        }
        return packed.toByteArray();
    }

    private void collect(Path directory, int depth, List<Path> files) throws IOException, CommandException {
        if (depth > MAX_DEPTH) {
            throw CommandException.failure("The directories under " + root + " are nested too deeply.");
        }
        List<Path> children;
        try (var list = Files.list(directory)) {
            children = list.sorted().toList();
        }
        for (var child : children) {
            if (IGNORED.contains(child.getFileName().toString())) {
                continue;
            }
            if (Files.isSymbolicLink(child)) {
                requireInside(child);
            } else if (Files.isDirectory(child)) {
                collect(child, depth + 1, files);
                continue;
            }
            if (!Files.isRegularFile(child)) {
                throw CommandException.failure(child + " is not a plain file, so it cannot be part of a template.");
            }
            files.add(child);
            if (files.size() > MAX_FILES) {
                throw CommandException.failure(
                        "A template has at most " + MAX_FILES + " files. Is " + root + " the right directory?");
            }
        }
    }

    /** A link may stand for a file of the template; a link out of it could carry away anything its reader may read. */
    private void requireInside(Path link) throws IOException, CommandException {
        if (!Files.exists(link) || !link.toRealPath().startsWith(root)) {
            throw CommandException.failure(
                    "The symbolic link " + link + " leads out of the template. Copy the file instead.");
        }
        if (Files.isDirectory(link)) {
            throw CommandException.failure(
                    "The symbolic link " + link + " leads to a directory. Copy the directory instead.");
        }
    }

    private void add(TarArchiveOutputStream tar, Path file, int packed) throws IOException, CommandException {
        byte[] content;
        try (var in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_BYTES + 1);
        }
        if (packed + (long) content.length + 2 * BLOCK > MAX_BYTES) {
            throw CommandException.failure(
                    "The template is larger than " + (MAX_BYTES >> 20) + " MB, the most that a server"
                            + " takes. The limit was reached at " + root.relativize(file) + ".");
        }
        var entry = new TarArchiveEntry(root.relativize(file).toString());
        entry.setSize(content.length);
        entry.setMode(Files.isExecutable(file) ? EXECUTABLE : READABLE);
        entry.setModTime(0);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
