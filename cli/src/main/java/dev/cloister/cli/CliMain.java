package dev.cloister.cli;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.terminal.Terminal;
import java.nio.file.Path;

/** Where the command line begins. */
public final class CliMain {
    private CliMain() {}

    public static void main(String[] arguments) {
        var context = new CliContext(Terminal.ofProcess(), System.getenv(), Path.of("").toAbsolutePath());
        System.exit(run(context, arguments));
    }

    /** Runs one command and returns its exit code: 0 for success, 1 for failure, 2 for a command that makes no sense. */
    public static int run(CliContext context, String... arguments) {
        var code = Commands.lineFor(context, arguments).execute(arguments);
        context.terminal().out().flush();
        return code;
    }
}
