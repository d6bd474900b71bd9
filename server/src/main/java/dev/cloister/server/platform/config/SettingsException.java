package dev.cloister.server.platform.config;

import java.util.List;

/** Settings that the server will not start with; every problem is told at once. */
public final class SettingsException extends Exception {
    private final List<String> problems;

    SettingsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
