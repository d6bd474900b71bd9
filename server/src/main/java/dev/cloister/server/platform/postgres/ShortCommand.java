package dev.cloister.server.platform.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program that ends by itself soon, with a small environment of its own, and keeps what it says. */
final class ShortCommand {
    private static final int MOST_OUTPUT = 256 << 10;

    /** Nothing of ours is inherited: no secret, no locale, no library path. */
    static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL", "C", "TZ", "UTC");

    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }

        List<String> lines() {
            return output.lines().toList();
        }
    }

    private ShortCommand() {}

    static Result run(Duration limit, String input, List<String> command)
            throws EmbeddedPostgresException, InterruptedException {
        var process = spawn(command);
        try {
            var reader = new ArrayList<String>();
            var reading = Thread.ofVirtual().start(() -> reader.add(readAll(process)));
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(UTF_8));
            } catch (IOException theProgramEndedEarlier) {
                // Its exit code and output say why.
            }
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EmbeddedPostgresException(
                        "%s did not finish within %d s.".formatted(name(command), limit.toSeconds()));
            }
            reading.join(Duration.ofSeconds(5));
            return new Result(process.exitValue(), reader.isEmpty() ? "" : reader.getFirst());
        } finally {
            process.destroyForcibly();
        }
    }

    /** The output of a program that has to succeed. */
    static String output(String... command) throws EmbeddedPostgresException, InterruptedException {
        var result = run(Duration.ofSeconds(20), "", List.of(command));
        if (!result.succeeded()) {
            throw Advice.failed(name(List.of(command)), Path.of("/"), result.lines());
        }
        return result.output();
    }

    static Process spawn(List<String> command) throws EmbeddedPostgresException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new EmbeddedPostgresException("%s cannot be run: %s".formatted(name(command), e.getMessage()), e);
        }
    }

    private static String name(List<String> command) {
        return Path.of(command.getFirst()).getFileName().toString();
    }

    private static String readAll(Process process) {
        try (var out = process.getInputStream()) {
            var text = new String(out.readNBytes(MOST_OUTPUT), UTF_8);
            out.skip(Long.MAX_VALUE);
            return text;
        } catch (IOException closed) {
            return "";
        }
    }
}
