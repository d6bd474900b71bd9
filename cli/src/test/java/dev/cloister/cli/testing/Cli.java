package dev.cloister.cli.testing;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Runs commands as they run in a script: with an environment, without a terminal. */
public final class Cli {
    /** How a command ended. */
    public record Result(int code, String out, String err) {}

    /** The entry point, which is not public. */
    public interface Main {
        int run(CliContext context, String... arguments);
    }

    private final Main main;
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    public Cli(Main main, Path directory) {
        this.main = main;
        this.directory = directory;
        environment.put("HOME", directory.resolve("home").toString());
        environment.put("CLOISTER_CONFIG_DIR", directory.resolve("config").toString());
    }

    /** Talks to that server with a token from the environment. */
    public Cli loggedInTo(URI server) {
        environment.put("CLOISTER_URL", server.toString());
        environment.put("CLOISTER_SESSION_TOKEN", "abcdefghij-0123456789012345678901");
        return this;
    }

    public Cli with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Path config() {
        return directory.resolve("config");
    }

    public Result run(String... arguments) {
        return runWith("", arguments);
    }

    /** Runs with that text on the standard input. */
    public Result runWith(String input, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = Terminal.unattended(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        var code = main.run(new CliContext(terminal, environment, directory), arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
