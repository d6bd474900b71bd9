package dev.cloister.server.platform.postgres;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where an embedded PostgreSQL keeps its files and whom it tells of its progress.
 *
 * @param directory holds the data, the passwords and the configuration; made when missing
 * @param binaries holds the unpacked programs, one directory for each version; several servers may share it
 * @param account the operating-system account that PostgreSQL runs as when Cloister runs as root; made when missing;
 *     unused otherwise
 * @param progress receives a line for a person whenever something takes long
 */
public record EmbeddedPostgresSettings(Path directory, Path binaries, String account, Consumer<String> progress) {
    /** The account used by root when no other is named. */
    public static final String DEFAULT_ACCOUNT = "cloister-postgres";

    /** Everything below one directory, run as the default account, without progress lines. */
    public static EmbeddedPostgresSettings in(Path directory) {
        return new EmbeddedPostgresSettings(directory, directory.resolve("programs"), DEFAULT_ACCOUNT, line -> {});
    }

    public EmbeddedPostgresSettings withBinaries(Path other) {
        return new EmbeddedPostgresSettings(directory, other, account, progress);
    }

    public EmbeddedPostgresSettings withAccount(String other) {
        return new EmbeddedPostgresSettings(directory, binaries, other, progress);
    }

    public EmbeddedPostgresSettings withProgress(Consumer<String> other) {
        return new EmbeddedPostgresSettings(directory, binaries, account, other);
    }
}
