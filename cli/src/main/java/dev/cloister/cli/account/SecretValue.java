package dev.cloister.cli.account;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.terminal.NobodyToAskException;
import dev.cloister.contract.api.SecretText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** Where a value comes from: never from an argument, which every user of the machine can read. */
final class SecretValue {
    private static final int LARGEST = 256 * 1024;

    @Option(
            names = "--value-stdin",
            description = "Read the value from the standard input, as it is but for a line break at its end.")
    private boolean stdin;

    boolean isFromInput() {
        return stdin;
    }

    SecretText read(CliContext context, String name) throws IOException, CommandException {
        if (stdin) {
            return new SecretText(input(context).replaceFirst("\r?\n$", ""));
        }
        try {
            return new SecretText(context.terminal().askHidden("Value of " + name));
        } catch (NobodyToAskException nobody) {
            throw CommandException.usage("There is no terminal to ask for the value on. Add --value-stdin.");
        }
    }

    static String input(CliContext context) throws IOException, CommandException {
        byte[] bytes = context.terminal().in().readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw CommandException.usage("The standard input is too large for secrets.");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
