package dev.cloister.cli.session;

import dev.cloister.cli.terminal.Terminal;
import dev.cloister.contract.api.ApiJson;
import picocli.CommandLine.Option;
import tools.jackson.core.json.JsonWriteFeature;

/** How a command prints its result. */
public final class OutputOptions {
    /** For people, or for programs. */
    public enum Format {
        TABLE,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "How to print the result: table (the default) or json.")
    private Format format = Format.TABLE;

    /**
     * Prints the value if JSON was asked for, and says whether it was. Everything beyond ASCII is escaped, so that no
     * text in it can command a terminal.
     */
    public boolean json(Terminal terminal, Object value) {
        if (format != Format.JSON) {
            return false;
        }
        printJson(terminal, value);
        return true;
    }

    /** Prints a value that is always JSON. */
    public static void printJson(Terminal terminal, Object value) {
        terminal.printVerbatim(ApiJson.mapper()
                .writerWithDefaultPrettyPrinter()
                .with(JsonWriteFeature.ESCAPE_NON_ASCII)
                .writeValueAsString(value));
    }
}
