package dev.cloister.cli.ssh;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.ConfigDirectory;
import dev.cloister.cli.session.FailureText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * This program as the ProxyCommand of ssh. Every connection waits for its start, so the form in which we write it
 * into a configuration is recognized here, and the general reading of options is not loaded for them.
 */
public final class ProxyCommand {
    private static final String CONFIG = "--config-dir";
    private static final String SUFFIX = "--hostname-suffix";
    private static final List<String> START = List.of("ssh", "--stdio");

    private final Path config;
    private final String suffix;
    private final String host;

    private ProxyCommand(Path config, String suffix, String host) {
        this.config = config;
        this.suffix = suffix;
        this.host = host;
    }

    /** The command without the host name, for hosts with a suffix. */
    static List<String> bySuffix(ConfigDirectory config, String suffix) {
        var words = new ArrayList<>(OwnProgram.words());
        words.addAll(List.of(CONFIG, config.path().toString()));
        words.addAll(START);
        words.addAll(List.of(SUFFIX, suffix, "--"));
        return words;
    }

    /** Recognizes exactly what the method above has written. */
    public static Optional<ProxyCommand> of(String... arguments) {
        if (arguments.length != 8
                || !arguments[0].equals(CONFIG)
                || !List.of(arguments).subList(2, 4).equals(START)
                || !arguments[4].equals(SUFFIX)
                || !arguments[6].equals("--")) {
            return Optional.empty();
        }
        return Optional.of(new ProxyCommand(Path.of(arguments[1]).toAbsolutePath(), arguments[5], arguments[7]));
    }

    /** Carries bytes until the connection ends, and returns the exit code. */
    public int run(CliContext context) {
        context.settings().chooseConfig(new ConfigDirectory(config));
        try (var client = context.client()) {
            new StdioSession(context, client).connect(host, suffix, new Arrival(context, client, true, true));
            return 0;
        } catch (CommandException known) {
            FailureText.lines(known, context).forEach(context.terminal()::say);
            return known.exitCode();
        } catch (IOException | RuntimeException failed) {
            FailureText.lines(failed, context).forEach(context.terminal()::say);
            return CommandException.FAILURE;
        }
    }
}
