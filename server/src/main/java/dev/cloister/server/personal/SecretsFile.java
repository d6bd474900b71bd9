package dev.cloister.server.personal;

import dev.cloister.contract.Secret;
import dev.cloister.contract.api.ApiJson;
import dev.cloister.server.platform.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Names with values in one of the forms that people keep them in. No message of this class shows a value. */
final class SecretsFile {
    /** More than all secrets of a person can measure. */
    static final int LARGEST = 256 * 1024;

    private final Map<String, Secret> values = new LinkedHashMap<>();

    private SecretsFile() {}

    static Map<String, Secret> parse(String format, String content) {
        if (content.length() > LARGEST) {
            throw new Failure.TooLarge(LARGEST);
        }
        var file = new SecretsFile();
        switch (format) {
            case "env" -> file.env(content);
            case "json" -> file.json(content);
            case "yaml" -> file.yaml(content);
            default -> throw new Failure.Invalid("Validation failed.", "format", "Must be env, json or yaml.");
        }
        if (file.values.isEmpty()) {
            throw invalid("Holds no secrets.");
        }
        return file.values;
    }

    private static Failure invalid(String problem) {
        return new Failure.Invalid("The file cannot be read.", "content", problem);
    }

    private void add(String name, String value, String where) {
        if (values.put(name, Secret.of(value)) != null) {
            throw new Failure.Conflict("The file has a name twice (" + where + ").");
        }
        if (values.size() > SecretRules.MOST) {
            throw invalid("Holds more than " + SecretRules.MOST + " secrets.");
        }
    }

    private void env(String content) {
        List<String> lines = content.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String assignment = line.startsWith("export ")
                    ? line.substring("export ".length()).strip()
                    : line;
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw invalid("Line " + (i + 1) + " is no NAME=VALUE.");
            }
            int number = i + 1;
            String value = unquoted(assignment.substring(equals + 1).strip())
                    .orElseThrow(() -> invalid("A quoted value in line " + number + " is not closed."));
            add(assignment.substring(0, equals).strip(), value, "line " + number);
        }
    }

    /** The value without its quotes; in double quotes {@code \n}, {@code \t}, {@code \"} and {@code \\} mean one character. */
    private static Optional<String> unquoted(String text) {
        if (text.isEmpty() || (text.charAt(0) != '"' && text.charAt(0) != '\'')) {
            int comment = text.indexOf(" #");
            return Optional.of(comment < 0 ? text : text.substring(0, comment).strip());
        }
        char quote = text.charAt(0);
        var value = new StringBuilder();
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote) {
                String rest = text.substring(i + 1).strip();
                return rest.isEmpty() || rest.startsWith("#") ? Optional.of(value.toString()) : Optional.empty();
            }
            if (c == '\\' && quote == '"' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                value.append(
                        switch (next) {
                            case 'n' -> "\n";
                            case 't' -> "\t";
                            case 'r' -> "\r";
                            case '"', '\\', '$' -> String.valueOf(next);
                            default -> "\\" + next;
                        });
            } else {
                value.append(c);
            }
        }
        return Optional.empty();
    }

    private void json(String content) {
        JsonNode root;
        try {
            root = ApiJson.mapper().readTree(content);
        } catch (JacksonException e) {
            throw invalid("Is no valid JSON.");
        }
        if (root == null || !root.isObject()) {
            throw invalid("Must be a JSON object of names with texts.");
        }
        for (var entry : root.properties()) {
            if (!entry.getValue().isString()) {
                throw invalid("The value of \"" + shortened(entry.getKey()) + "\" is no text.");
            }
            add(entry.getKey(), entry.getValue().asString(), shortened(entry.getKey()));
        }
    }

    private void yaml(String content) {
        var settings = LoadSettings.builder()
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(LARGEST)
                .build();
        Optional<Node> root;
        try {
            root = new Compose(settings).composeString(content);
        } catch (YamlEngineException e) {
            throw invalid("Is no valid YAML.");
        }
        if (root.isEmpty() || !(root.get() instanceof MappingNode mapping)) {
            throw invalid("Must hold \"name: value\" lines.");
        }
        var problems = new ArrayList<String>();
        mapping.getValue().forEach(entry -> {
            if (entry.getKeyNode() instanceof ScalarNode key
                    && entry.getValueNode() instanceof ScalarNode value
                    && !value.getTag().equals(Tag.NULL)) {
                add(key.getValue(), value.getValue(), shortened(key.getValue()));
            } else {
                problems.add("A value is no text.");
            }
        });
        if (!problems.isEmpty()) {
            throw invalid(problems.getFirst());
        }
    }

    private static String shortened(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 64 ? printable : printable.substring(0, 64) + "…";
    }
}
