package dev.cloister.agent.tool;

import java.util.Arrays;
import java.util.List;

/** Picks the program: {@code askpass PROMPT}, {@code connect HOST PORT}, or what the command line knows in here. */
public final class ToolMain {
    private static final int USAGE = 64;

    private ToolMain() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        var rest = arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "askpass" -> Askpass.run(rest);
            case "connect" -> Connect.run(rest);
            case "command" -> InnerCommand.run(rest);
            default -> {
                System.err.println("cloister: unknown tool " + Arrays.toString(arguments.toArray()));
                yield USAGE;
            }
        };
    }
}
