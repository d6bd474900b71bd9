package dev.cloister.cli.login;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.OutputOptions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Print the version of this program.")
public final class VersionCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private OutputOptions output = new OutputOptions();

    public VersionCommand(CliContext context) {
        this.context = context;
    }

    /** The version that this program was built as. */
    public static String version() {
        return Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("(development)");
    }

    @Override
    public Integer call() {
        if (!output.json(context.terminal(), Map.of("version", version()))) {
            context.terminal().print("cloister " + version());
        }
        return 0;
    }
}
