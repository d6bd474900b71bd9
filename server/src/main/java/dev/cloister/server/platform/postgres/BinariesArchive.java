package dev.cloister.server.platform.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.HexFormat;

/**
 * PostgreSQL's programs for this machine, as they lie on the class path (a compressed tar archive inside a jar).
 *
 * @param identity changes whenever the archive's content changes; cheap, taken from the jar's directory
 */
record BinariesArchive(URL location, String identity) {
    static BinariesArchive forThisMachine() throws EmbeddedPostgresException {
        var architecture = System.getProperty("os.arch", "");
        var suffix = switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default ->
                throw new EmbeddedPostgresException(
                        "Cloister brings no PostgreSQL for the processor type \"%s\". Use one of your own with --postgres-url."
                                .formatted(architecture));
        };
        var name = "/postgres-linux-" + suffix + ".txz";
        var location = BinariesArchive.class.getResource(name);
        if (location == null) {
            throw new EmbeddedPostgresException(
                    "This distribution of Cloister comes without the embedded PostgreSQL (%s is not on the class path). Use one of your own with --postgres-url."
                            .formatted(name));
        }
        try {
            return new BinariesArchive(location, identity(location));
        } catch (IOException e) {
            throw new EmbeddedPostgresException("PostgreSQL's programs cannot be read from " + location, e);
        }
    }

    private static String identity(URL location) throws IOException {
        var connection = location.openConnection();
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar) {
            try (var file = jar.getJarFile()) {
                var entry = jar.getJarEntry();
                return entry.getSize() + "-" + HexFormat.of().toHexDigits((int) entry.getCrc());
            }
        }
        try (var opened = connection.getInputStream()) {
            return connection.getContentLengthLong() + "-" + HexFormat.of().toHexDigits(connection.getLastModified());
        }
    }

    InputStream open() throws IOException {
        var connection = location.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }
}
