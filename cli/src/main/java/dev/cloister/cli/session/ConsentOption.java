package dev.cloister.cli.session;

import picocli.CommandLine.Option;

/** Consent given beforehand. */
public final class ConsentOption {
    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean given;

    public boolean given() {
        return given;
    }
}
