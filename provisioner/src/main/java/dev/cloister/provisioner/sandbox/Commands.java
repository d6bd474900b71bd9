package dev.cloister.provisioner.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the host's own small programs, with a clean environment, bounded in time and output. */
final class Commands {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int MAXIMUM_OUTPUT = 64 * 1024;

    private Commands() {}

    /** @param output standard output and error together */
    record Result(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }

        /** The last line that says something, for a sentence. */
        String lastLine() {
            return output.lines()
                    .filter(line -> !line.isBlank())
                    .reduce((_, last) -> last)
                    .orElse("exit status " + status);
        }
    }

    static Result run(Duration limit, List<String> command) throws IOException, InterruptedException {
        var builder = builder(command).redirectErrorStream(true);
        var process = builder.start();
        try {
            process.getOutputStream().close();
            var output = new CompletableFuture<String>();
            Thread.ofVirtual().start(() -> output.complete(read(process)));
            var ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                return new Result(-1, command.getFirst() + " did not end within " + limit.toSeconds() + " seconds");
            }
            // A grandchild may hold the pipe open; what the program itself said has arrived by then.
            return new Result(
                    process.exitValue(),
                    output.completeOnTimeout("", 5, TimeUnit.SECONDS).join());
        } finally {
            process.destroyForcibly();
        }
    }

    static Result run(Duration limit, String... command) throws IOException, InterruptedException {
        return run(limit, List.of(command));
    }

    /** For a process that is to outlive this one's knowledge of it. */
    static ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", PATH);
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** The full path of a program. */
    static Optional<Path> find(String program) {
        return Stream.of(PATH.split(":"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String read(Process process) {
        var output = new StringBuilder();
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (int next; (next = reader.read()) >= 0; ) {
                if (output.length() < MAXIMUM_OUTPUT) {
                    output.append((char) next);
                }
            }
        } catch (IOException e) {
            // The process was ended; what was read will do.
        }
        return output.toString();
    }
}
