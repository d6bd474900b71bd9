package dev.cloister.server.platform.postgres;

import dev.cloister.contract.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Unpacks the archive of PostgreSQL's programs. Names and links that lead out of the target, special files, and more
 * than expected of anything are refused, although the archive comes with the product.
 */
final class ArchiveUnpacker {
    private static final long MOST_BYTES = 512L << 20;
    private static final int MOST_ENTRIES = 20_000;

    private final Path target;
    private final List<ContentsList.Item> items = new ArrayList<>();
    private long bytes;

    private ArchiveUnpacker(Path target) {
        this.target = target;
    }

    static ContentsList unpack(InputStream packed, Path target) throws IOException {
        var unpacker = new ArchiveUnpacker(target);
        try (var tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed, 1 << 16)))) {
            var entries = 0;
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (++entries > MOST_ENTRIES) {
                    throw new IOException("The archive holds more than " + MOST_ENTRIES + " entries.");
                }
                if (!neededAtRunTime(entry.getName())) {
                    continue;
                }
                unpacker.add(entry, tar);
            }
        }
        return new ContentsList("", unpacker.items);
    }

    /** Leaves out what only a C compiler would want. */
    private static boolean neededAtRunTime(String name) {
        return !name.endsWith(".a") && !name.contains("/pkgconfig") && !name.startsWith("include/");
    }

    private void add(TarArchiveEntry entry, TarArchiveInputStream content) throws IOException {
        var path = inside(target.resolve(entry.getName()));
        if (entry.isDirectory()) {
            Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
            inside(path.resolveSibling(entry.getLinkName()));
            Files.createDirectories(path.getParent());
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM) {
            bytes += entry.getSize();
            if (bytes > MOST_BYTES) {
                throw new IOException("The archive unpacks to more than " + (MOST_BYTES >> 20) + " MiB.");
            }
            Files.createDirectories(path.getParent());
            write(path, entry, content);
        } else {
            throw new IOException(
                    "The archive holds something that is neither file, directory nor link: " + entry.getName());
        }
    }

    private Path inside(Path path) throws IOException {
        var normal = path.normalize();
        if (!normal.startsWith(target)) {
            throw new IOException("The archive holds a name that leads out of its directory: " + path);
        }
        return normal;
    }

    private void write(Path path, TarArchiveEntry entry, InputStream content) throws IOException {
        var executable = (entry.getMode() & 0111) != 0;
        var permissions = PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--");
        var digest = Sha256.digest();
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(path, options, PosixFilePermissions.asFileAttribute(permissions));
                var out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
            content.transferTo(out);
        }
        Files.setPosixFilePermissions(path, permissions);
        var relative = target.relativize(path).toString();
        items.add(new ContentsList.Item(entry.getSize(), HexFormat.of().formatHex(digest.digest()), relative));
    }
}
