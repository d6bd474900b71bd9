package dev.cloister.server.platform.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Texts by setting with where each came from: flags win over the environment, that over the file. */
final class RawSettings {
    /** Variables with the product's prefix that the command line and the launcher read. */
    private static final Set<String> NOT_OURS = Set.of(
            "CLOISTER_URL",
            "CLOISTER_SESSION_TOKEN",
            "CLOISTER_CONFIG_DIR",
            "CLOISTER_CA_FILE",
            "CLOISTER_SSH_PROGRAM",
            "CLOISTER_SETUP_TOKEN",
            "CLOISTER_INSTALLATION",
            "CLOISTER_LAUNCHER");

    /** What tests set, and what a workspace has in its environment: people work on the server inside workspaces too. */
    private static final List<String> NOT_OURS_EITHER =
            List.of("CLOISTER_TEST_", "CLOISTER_WORKSPACE_", "CLOISTER_OWNER_", "CLOISTER_AGENT_");

    /** A text and, for people, where it was found. */
    record Given(String value, String source) {}

    private final Map<String, Given> values = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    static RawSettings read(List<String> arguments, Map<String, String> environment) {
        var raw = new RawSettings();
        var flags = raw.flags(arguments);
        var variables = raw.variables(environment);
        var file = flags.getOrDefault("config", variables.get("config"));
        if (file != null) {
            raw.readFile(file);
        }
        raw.values.putAll(variables);
        raw.values.putAll(flags);
        return raw;
    }

    private void readFile(Given file) {
        try {
            values.putAll(new SettingsFile(Path.of(file.value()), problems).read());
        } catch (InvalidPathException e) {
            problems.add(file.source() + " is not a path: " + e.getMessage());
        }
    }

    private Map<String, Given> flags(List<String> arguments) {
        var flags = new HashMap<String, Given>();
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            var argument = rest.next();
            if (!argument.startsWith("--") || argument.length() == 2) {
                problems.add("\"" + argument + "\" is not a flag. Settings are given as --name value.");
                continue;
            }
            var equals = argument.indexOf('=');
            var name = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
            var setting = Declarations.byName(name).orElse(null);
            if (setting == null) {
                problems.add(unknown("flag --" + name, name, meant -> "--" + meant));
            } else if (setting.secret()) {
                problems.add("--" + name + " would show a secret to everybody on this machine. Give it as "
                        + setting.variable() + " or in the file.");
            } else if (equals >= 0) {
                add(flags, name, argument.substring(equals + 1));
            } else if (setting.kind() == Setting.Kind.SWITCH) {
                add(flags, name, "true");
            } else if (rest.hasNext()) {
                add(flags, name, rest.next());
            } else {
                problems.add("--" + name + " needs a value.");
            }
        }
        return flags;
    }

    private void add(Map<String, Given> flags, String name, String value) {
        var earlier = flags.put(name, new Given(value, "flag --" + name));
        if (earlier != null && !earlier.value().equals(value)) {
            problems.add("--" + name + " is given twice with different values.");
        }
    }

    /** A variable that is empty counts as not given, since many tools can only empty a variable. */
    private Map<String, Given> variables(Map<String, String> environment) {
        var variables = new HashMap<String, Given>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            var setting = Declarations.byVariable(variable);
            if (setting.isEmpty() && isMeantForUs(variable)) {
                var name = variable.substring("CLOISTER_".length());
                problems.add(unknown(
                        "environment variable " + variable,
                        name.toLowerCase(Locale.ROOT).replace('_', '-'),
                        RawSettings::variable));
            } else if (setting.isPresent() && !value.isEmpty()) {
                variables.put(setting.get().name(), new Given(value, "environment " + variable));
            }
        });
        return variables;
    }

    private static boolean isMeantForUs(String variable) {
        return variable.startsWith("CLOISTER_")
                && !NOT_OURS.contains(variable)
                && NOT_OURS_EITHER.stream().noneMatch(variable::startsWith);
    }

    private static String variable(String name) {
        return Declarations.byName(name).map(Setting::variable).orElse(name);
    }

    /** The sentence for an unknown name; {@code form} is how names are written where this one was found. */
    static String unknown(String what, String typed, UnaryOperator<String> form) {
        return "Unknown " + what + "."
                + NearestName.of(typed)
                        .map(name -> " Did you mean " + form.apply(name) + "?")
                        .orElse(" The list of settings: cloister server --help");
    }

    List<String> problems() {
        return problems;
    }

    boolean isGiven(String name) {
        return values.containsKey(name);
    }

    /** The text of a setting, its default where it was not given. */
    String text(String name) {
        var given = values.get(name);
        return given == null
                ? Declarations.byName(name).orElseThrow().otherwise()
                : given.value().strip();
    }

    /** Where the value came from. */
    String source(String name) {
        var given = values.get(name);
        return given == null ? "default" : given.source();
    }
}
