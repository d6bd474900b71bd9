package dev.cloister.cli.workspace;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options by which parameters are answered. */
final class ParameterOptions {
    @Option(
            names = "--parameter",
            paramLabel = "NAME=VALUE",
            mapFallbackValue = "",
            description = "Answer a parameter of the template. Repeat it for several.")
    private Map<String, String> given = new LinkedHashMap<>();

    @Option(
            names = "--parameter-default",
            paramLabel = "NAME=VALUE",
            mapFallbackValue = "",
            description = "Propose another answer than the template does, and take it where nobody is asked.")
    private Map<String, String> defaults = new LinkedHashMap<>();

    @Option(
            names = {"-y", "--yes"},
            description = "Ask nothing: take the defaults of the template and go on.")
    private boolean yes;

    Map<String, String> given() {
        return given;
    }

    Map<String, String> defaults() {
        return defaults;
    }

    boolean acceptDefaults() {
        return yes;
    }
}
