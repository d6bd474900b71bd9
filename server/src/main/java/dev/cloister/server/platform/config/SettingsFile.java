package dev.cloister.server.platform.config;

import dev.cloister.server.platform.config.RawSettings.Given;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The YAML file of settings, read as texts so that every problem can name its line. */
final class SettingsFile {
    private static final int LARGEST = 1 << 20;

    private final Path file;
    private final List<String> problems;
    private final Map<String, Given> entries = new HashMap<>();

    SettingsFile(Path file, List<String> problems) {
        this.file = file.toAbsolutePath().normalize();
        this.problems = problems;
    }

    Map<String, Given> read() {
        try {
            if (Files.size(file) > LARGEST) {
                problems.add(file + " is too large for a file of settings.");
                return entries;
            }
            root(Files.readString(file)).ifPresent(this::mapping);
        } catch (NoSuchFileException e) {
            problems.add("The file of settings " + file + " cannot be read: it does not exist.");
        } catch (CharacterCodingException e) {
            problems.add("The file of settings " + file + " cannot be read: it is not UTF-8 text.");
        } catch (IOException e) {
            problems.add("The file of settings " + file + " cannot be read: " + e);
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark()
                    .map(mark -> " line " + (mark.getLine() + 1))
                    .orElse("");
            problems.add(file + line + " is not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(file + " is not valid YAML: " + e.getMessage());
        }
        return entries;
    }

    private Optional<Node> root(String text) {
        var settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(10)
                .setCodePointLimit(LARGEST)
                .build();
        return new Compose(settings).composeString(text);
    }

    private void mapping(Node root) {
        if (!(root instanceof MappingNode mapping)) {
            problems.add(file + " must hold \"name: value\" lines.");
            return;
        }
        mapping.getValue().forEach(this::entry);
    }

    private void entry(NodeTuple tuple) {
        var where = file + line(tuple.getKeyNode());
        var name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "?";
        var setting = Declarations.byName(name).orElse(null);
        var value = value(tuple.getValueNode());
        if (setting == null || name.equals("config") || name.equals("print-settings")) {
            problems.add(RawSettings.unknown("key \"" + name + "\" in " + where, name, UnaryOperator.identity()));
        } else if (value.isEmpty()) {
            problems.add(where + ": " + name + " must be a single value" + (isList(setting) ? " or a list." : "."));
        } else if (tuple.getValueNode() instanceof SequenceNode && !isList(setting)) {
            problems.add(where + ": " + name + " takes one value, not a list.");
        } else if (entries.put(name, new Given(value.get(), "file " + where)) != null) {
            problems.add(where + ": " + name + " is given twice.");
        } else if (setting.secret() && isOpenToOthers()) {
            problems.add(where + " holds a secret, but other users can read the file: chmod 600 " + file);
        }
    }

    private static boolean isList(Setting setting) {
        return setting.kind() == Setting.Kind.LIST;
    }

    private static String line(Node node) {
        return node.getStartMark().map(mark -> " line " + (mark.getLine() + 1)).orElse("");
    }

    /** The text of a scalar or of a list of scalars; empty for everything else, null included. */
    private static Optional<String> value(Node node) {
        return switch (node) {
            case ScalarNode scalar when !scalar.getTag().equals(Tag.NULL) -> Optional.of(scalar.getValue());
            case SequenceNode sequence
            when sequence.getValue().stream().allMatch(SettingsFile::isItem) ->
                Optional.of(sequence.getValue().stream()
                        .map(item -> ((ScalarNode) item).getValue())
                        .collect(Collectors.joining(",")));
            case Node other -> Optional.empty();
        };
    }

    private static boolean isItem(Node node) {
        return node instanceof ScalarNode scalar
                && !scalar.getTag().equals(Tag.NULL)
                && !scalar.getValue().contains(",");
    }

    private boolean isOpenToOthers() {
        try {
            var permissions = Files.getPosixFilePermissions(file);
            return permissions.contains(PosixFilePermission.OTHERS_READ)
                    || permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException | UnsupportedOperationException e) {
            return true;
        }
    }
}
