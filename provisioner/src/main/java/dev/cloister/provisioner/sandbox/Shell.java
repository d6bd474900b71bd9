package dev.cloister.provisioner.sandbox;

import java.util.Map;
import java.util.stream.Collectors;

/** Values written for a shell to read. */
final class Shell {
    private Shell() {}

    /** One assignment a line, each value a single word whatever it holds. */
    static String assignments(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "='" + variable.getValue().replace("'", "'\\''") + "'\n")
                .collect(Collectors.joining());
    }
}
