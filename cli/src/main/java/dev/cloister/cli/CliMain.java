package dev.cloister.cli;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.ssh.ProxyCommand;
import dev.cloister.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;

/** Where the command line begins. */
public final class CliMain {
    private CliMain() {}

    public static void main(String[] arguments) {
        var context = new CliContext(
                Terminal.ofProcess(), System.getenv(), Path.of("").toAbsolutePath());
        if (List.of(arguments).contains("create")) {
            Thread.ofPlatform().daemon().name("readiness").start(Readiness::create);
        }
        var training = arguments.length == 1 && arguments[0].equals(Training.ARGUMENT);
        var code = training ? Training.run() : run(context, arguments);
        // Nothing is left to be done at an exit, which would first set up logging in order to log itself.
        Runtime.getRuntime().halt(code);
    }

    /** Runs one command and returns its exit code: 0 for success, 1 for failure, 2 for a command that makes no sense. */
    public static int run(CliContext context, String... arguments) {
        var proxy = ProxyCommand.of(arguments);
        if (proxy.isPresent()) {
            return proxy.get().run(context);
        }
        var code = Commands.lineFor(context, arguments).execute(arguments);
        context.terminal().out().flush();
        return code;
    }
}
