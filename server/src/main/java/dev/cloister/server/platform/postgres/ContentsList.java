package dev.cloister.server.platform.postgres;

import dev.cloister.contract.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was unpacked: size and SHA-256 of every file, in a file of lines {@code size hash path}. The programs themselves
 * are checked by hash at each start, everything else by size: that finds a copy cut short by a crash or a full disk,
 * and costs a few milliseconds.
 */
final class ContentsList {
    private static final String FIRST_LINE = "cloister postgresql contents 1";

    record Item(long size, String sha256, String path) {}

    private final String version;
    private final List<Item> items;

    ContentsList(String version, List<Item> items) {
        this.version = version;
        this.items = items;
    }

    static ContentsList read(String text) {
        var lines = text.lines().toList();
        if (lines.size() < 3 || !lines.get(0).equals(FIRST_LINE)) {
            return new ContentsList("", List.of());
        }
        var items = new ArrayList<Item>();
        for (var line : lines.subList(2, lines.size())) {
            var fields = line.split(" ", 3);
            if (fields.length != 3 || !fields[0].matches("\\d{1,12}")) {
                return new ContentsList("", List.of());
            }
            items.add(new Item(Long.parseLong(fields[0]), fields[1], fields[2]));
        }
        return new ContentsList(lines.get(1), items);
    }

    void write(Path file, String unpackedVersion) throws IOException {
        var text = new StringBuilder(FIRST_LINE)
                .append('\n')
                .append(unpackedVersion)
                .append('\n');
        for (var item : items) {
            text.append(item.size())
                    .append(' ')
                    .append(item.sha256())
                    .append(' ')
                    .append(item.path())
                    .append('\n');
        }
        OwnedDirectory.writeFile(file, text.toString(), "rw-r--r--");
    }

    /** The version these files hold, or null if the directory is not what the list says. */
    @Nullable
    String verifiedVersion(Path root) throws IOException {
        if (items.isEmpty()) {
            return null;
        }
        for (var item : items) {
            if (!matches(root.resolve(item.path()), item)) {
                return null;
            }
        }
        return version;
    }

    private static boolean matches(Path file, Item item) throws IOException {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    && attributes.size() == item.size()
                    && (!item.path().startsWith("bin/") || item.sha256().equals(sha256(file)));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static String sha256(Path file) throws IOException {
        var digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            var buffer = new byte[1 << 20];
            while (in.read(buffer) >= 0) {}
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
