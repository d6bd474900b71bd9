package dev.cloister.agent.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param program absolute path of the executable
 * @param arguments all of them, with the name of the program first, as {@code argv} has it
 * @param environment the whole environment: nothing is inherited from the agent
 * @param directory where it starts; the root directory when this one cannot be entered
 */
public record SpawnOrder(Path program, List<String> arguments, Map<String, String> environment, Path directory) {
    public SpawnOrder {
        if (!program.isAbsolute() || arguments.isEmpty()) {
            throw new IllegalArgumentException("an absolute program and its name are needed");
        }
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }
}
