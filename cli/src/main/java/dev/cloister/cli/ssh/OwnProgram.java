package dev.cloister.cli.ssh;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

/** How another program starts this one again. */
final class OwnProgram {
    private static final String MAIN = "dev.cloister.cli.CliMain";

    private OwnProgram() {}

    /** The launcher where one has started us, else the Java command. */
    static List<String> words() {
        var launcher = System.getProperty("cloister.launcher", "");
        if (!launcher.isEmpty()) {
            return List.of(Path.of(launcher).toAbsolutePath().toString());
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .toList();
        return List.of(java, "-XX:+UseSerialGC", "-cp", String.join(File.pathSeparator, classes), MAIN);
    }
}
