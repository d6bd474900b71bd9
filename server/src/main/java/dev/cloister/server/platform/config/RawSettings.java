package dev.cloister.server.platform.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Texts by setting with where each came from: flags win over the environment, that over the file. */
final class RawSettings {
    /** Variables with the product's prefix that other roles and the launcher read. */
    private static final Set<String> NOT_OURS = Set.of(
            "CLOISTER_URL", "CLOISTER_SESSION_TOKEN", "CLOISTER_INSTALLATION", "CLOISTER_LAUNCHER");

    private static final long LARGEST_FILE = 1 << 20;

    private record Given(String value, String source) {}

    private final Map<String, Given> values = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    static RawSettings read(List<String> arguments, Map<String, String> environment) {
        var raw = new RawSettings();
        Map<String, Given> flags = raw.flags(arguments);
        Map<String, Given> variables = raw.variables(environment);
        Given file = flags.getOrDefault("config", variables.get("config"));
        if (file != null) {
            raw.values.putAll(raw.file(Path.of(file.value())));
        }
        raw.values.putAll(variables);
        raw.values.putAll(flags);
        return raw;
    }

    private Map<String, Given> flags(List<String> arguments) {
        Map<String, Given> flags = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                problems.add("\"" + argument + "\" is not a flag. Settings are given as --name value.");
                continue;
            }
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
            var setting = Declarations.byName(name);
            if (setting.isEmpty()) {
                problems.add(unknown("flag --" + name, name, "--"));
                continue;
            }
            if (setting.get().secret()) {
                problems.add("--" + name + " would show a secret to everybody on this machine. Give it as "
                        + setting.get().variable() + " or in the file.");
                continue;
            }
            String value;
            if (equals >= 0) {
                value = argument.substring(equals + 1);
            } else if (setting.get().kind() == Setting.Kind.SWITCH) {
                value = "true";
            } else if (i + 1 < arguments.size()) {
                value = arguments.get(++i);
            } else {
                problems.add("--" + name + " needs a value.");
                continue;
            }
            flags.put(name, new Given(value, "flag --" + name));
        }
        return flags;
    }

    private Map<String, Given> variables(Map<String, String> environment) {
        Map<String, Given> variables = new HashMap<>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (!variable.startsWith("CLOISTER_") || NOT_OURS.contains(variable)) {
                return;
            }
            Declarations.byVariable(variable)
                    .ifPresentOrElse(
                            setting -> variables.put(setting.name(), new Given(value, "environment " + variable)),
                            () -> problems.add(unknown(
                                    "environment variable " + variable,
                                    variable.substring(9).toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                                    "")));
        });
        return variables;
    }

    private Map<String, Given> file(Path file) {
        Map<String, Given> entries = new HashMap<>();
        try {
            if (Files.size(file) > LARGEST_FILE) {
                problems.add(file + " is too large for a file of settings.");
                return entries;
            }
            Object document = new Load(LoadSettings.builder()
                            .setLabel(file.toString())
                            .setAllowDuplicateKeys(false)
                            .setMaxAliasesForCollections(10)
                            .build())
                    .loadFromString(Files.readString(file));
            if (!(document instanceof Map<?, ?> map)) {
                problems.add(file + " must hold \"name: value\" lines.");
                return entries;
            }
            map.forEach((key, value) -> entry(file, String.valueOf(key), value, entries));
        } catch (IOException e) {
            problems.add("The file of settings " + file + " cannot be read: " + e.getMessage());
        } catch (YamlEngineException e) {
            problems.add("The file of settings is not valid YAML: " + e.getMessage());
        }
        return entries;
    }

    private void entry(Path file, String name, Object value, Map<String, Given> entries) {
        if (Declarations.byName(name).isEmpty() || name.equals("config")) {
            problems.add(unknown("key \"" + name + "\" in " + file, name, ""));
        } else if (value instanceof List<?> list) {
            entries.put(
                    name,
                    new Given(
                            list.stream().map(String::valueOf).collect(java.util.stream.Collectors.joining(",")),
                            "file " + file));
        } else {
            entries.put(name, new Given(value == null ? "" : String.valueOf(value), "file " + file));
        }
    }

    private static String unknown(String what, String typed, String prefix) {
        return "Unknown " + what + "."
                + Declarations.nearest(typed)
                        .map(name -> " Did you mean " + (prefix.isEmpty() ? name : prefix + name) + "?")
                        .orElse(" The list of settings: cloister server --help");
    }

    List<String> problems() {
        return problems;
    }

    /** The text of a setting, its default where it was not given. */
    String text(String name) {
        Given given = values.get(name);
        return given == null ? Declarations.byName(name).orElseThrow().otherwise() : given.value();
    }

    /** Where the value came from. */
    String source(String name) {
        Given given = values.get(name);
        return given == null ? "default" : given.source();
    }
}
