import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Takes the signature out of a jar, whose checksum the build has compared when it fetched it: a program with a signed
 * jar reads its manifest of many thousand digests at each start, and its classes stay out of an ahead-of-time cache.
 *
 * <p>Run by the build as a source file: {@code java UnsignedJar.java JAR...}. Leaves jars without a signature as they are.
 */
final class UnsignedJar {
    private UnsignedJar() {}

    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            rewrite(Path.of(jar));
        }
    }

    private static void rewrite(Path jar) throws IOException {
        Path fresh = jar.resolveSibling(jar.getFileName() + ".unsigned");
        try (var from = new JarFile(jar.toFile(), false)) {
            if (from.stream().noneMatch(entry -> isSignature(entry.getName()))) {
                return;
            }
            try (var to = new ZipOutputStream(Files.newOutputStream(fresh))) {
                var manifest = new Manifest(from.getManifest());
                manifest.getEntries().clear();
                to.putNextEntry(stamped(JarFile.MANIFEST_NAME));
                manifest.write(to);
                copy(from, to);
            }
        }
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(JarFile from, ZipOutputStream to) throws IOException {
        for (var entry : from.stream().toList()) {
            if (!isSignature(entry.getName()) && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                to.putNextEntry(stamped(entry.getName()));
                try (var content = from.getInputStream(entry)) {
                    content.transferTo(to);
                }
            }
        }
    }

    /** Always of the same time: the directory of a role is named after the bytes of its jars. */
    private static ZipEntry stamped(String name) {
        var entry = new ZipEntry(name);
        entry.setTime(0);
        return entry;
    }

    private static boolean isSignature(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("META-INF/")
                && upper.indexOf('/', "META-INF/".length()) < 0
                && (upper.endsWith(".SF") || upper.endsWith(".RSA") || upper.endsWith(".DSA") || upper.endsWith(".EC"));
    }
}
