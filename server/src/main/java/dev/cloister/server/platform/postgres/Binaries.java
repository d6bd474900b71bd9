package dev.cloister.server.platform.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's unpacked programs. The directory's name holds the archive's identity, it appears by one rename when it
 * is complete, nobody but its owner can write to it, and each use checks it against the list made when it was unpacked.
 *
 * @param version as PostgreSQL says it, for example {@code 18.6}
 */
record Binaries(Path root, String version) {
    private static final String LIST = "contents";

    static Binaries unpacked(Path parent, BinariesArchive archive, Consumer<String> progress)
            throws EmbeddedPostgresException, InterruptedException {
        var root = parent.resolve("postgresql-" + archive.identity());
        try {
            OwnedDirectory.prepare(parent);
            var present = verified(root);
            if (present != null) {
                return present;
            }
            progress.accept("Unpacking PostgreSQL (first start only)");
            unpack(parent, root, archive);
            var made = verified(root);
            if (made == null) {
                throw new EmbeddedPostgresException(
                        "PostgreSQL was unpacked into %s but the files there differ from the archive; is the disk failing?"
                                .formatted(root));
            }
            return made;
        } catch (IOException e) {
            throw Advice.io("PostgreSQL's programs could not be unpacked into " + parent, parent, e);
        }
    }

    private static void unpack(Path parent, Path root, BinariesArchive archive)
            throws IOException, EmbeddedPostgresException, InterruptedException {
        OwnedDirectory.requireSpace(parent, 200);
        var staging = Files.createTempDirectory(parent, ClusterPaths.TEMPORARY_PREFIX);
        try {
            ContentsList contents;
            try (var packed = archive.open()) {
                contents = ArchiveUnpacker.unpack(packed, staging);
            }
            OwnedDirectory.makePassable(staging);
            var version = ShortCommand.output(staging.resolve("bin/postgres").toString(), "--version")
                    .replaceFirst("^postgres \\(PostgreSQL\\) ", "")
                    .strip();
            contents.write(staging.resolve(LIST), version);
            replace(staging, root);
        } finally {
            OwnedDirectory.deleteTree(staging);
        }
    }

    /** Two servers that share the directory may both unpack; the loser of the race uses the winner's files. */
    private static void replace(Path staging, Path root) throws IOException {
        if (Files.exists(root)) {
            var broken = Files.createTempDirectory(root.getParent(), ClusterPaths.TEMPORARY_PREFIX);
            Files.move(root, broken.resolve("broken"));
            OwnedDirectory.deleteTree(broken);
        }
        Files.move(staging, root);
    }

    private static @Nullable Binaries verified(Path root) throws IOException {
        var list = root.resolve(LIST);
        if (!Files.isRegularFile(list)) {
            return null;
        }
        var version = ContentsList.read(Files.readString(list, UTF_8)).verifiedVersion(root);
        return version == null ? null : new Binaries(root, version);
    }

    Path program(String name) {
        return root.resolve("bin").resolve(name);
    }

    /** The major version, which a data directory must share: {@code 18} of {@code 18.6}. */
    String majorVersion() {
        return version.replaceFirst("[^0-9].*", "");
    }
}
