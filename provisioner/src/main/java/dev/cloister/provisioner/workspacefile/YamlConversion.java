package dev.cloister.provisioner.workspacefile;

import dev.cloister.provisioner.TemplateException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** From YAML's nodes to JSON's. Aliases are expanded, counting every copy, so that no small file becomes a large one. */
final class YamlConversion {
    private static final int MAXIMUM_DEPTH = 16;
    private static final int MAXIMUM_NODES = 20_000;
    private static final int MAXIMUM_TEXT = 65_536;
    private static final int MAXIMUM_DIGITS = 30;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Problems problems;
    private final Map<FieldPath, Place> keys = new HashMap<>();
    private final Map<FieldPath, Place> values = new HashMap<>();
    private final Map<FieldPath, String> texts = new HashMap<>();
    private int nodes;

    YamlConversion(Problems problems) {
        this.problems = problems;
    }

    YamlDocument convert(Node root) throws TemplateException {
        var converted = convert(root, FieldPath.ROOT, 0);
        problems.throwIfAny();
        return new YamlDocument(converted, Map.copyOf(keys), Map.copyOf(values), Map.copyOf(texts));
    }

    private JsonNode convert(Node node, FieldPath path, int depth) throws TemplateException {
        if (depth > MAXIMUM_DEPTH) {
            throw problems.single(place(node), path.top(), "is nested too deeply");
        }
        if (++nodes > MAXIMUM_NODES) {
            throw problems.single(
                    place(node), path.top(), "has too many values; aliases count each time they are used");
        }
        values.put(path, place(node));
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, path, depth);
            case SequenceNode sequence -> sequence(sequence, path, depth);
            case ScalarNode scalar -> scalar(scalar, path);
            default -> throw problems.single(place(node), path, "is of an unknown kind");
        };
    }

    private JsonNode mapping(MappingNode mapping, FieldPath path, int depth) throws TemplateException {
        expectTag(mapping, Tag.MAP, path);
        var object = JSON.objectNode();
        for (var tuple : mapping.getValue()) {
            var place = place(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(place, path, "has a key that is not a text");
                continue;
            }
            var child = path.child(printable(key.getValue()));
            if (object.has(key.getValue())) {
                problems.add(place, child, "is given twice, first on line " + firstLine(child) + "; remove one");
                continue;
            }
            keys.put(child, place);
            object.set(key.getValue(), convert(tuple.getValueNode(), child, depth + 1));
        }
        return object;
    }

    private JsonNode sequence(SequenceNode sequence, FieldPath path, int depth) throws TemplateException {
        expectTag(sequence, Tag.SEQ, path);
        var array = JSON.arrayNode();
        var index = 0;
        for (var item : sequence.getValue()) {
            array.add(convert(item, path.item(index++), depth + 1));
        }
        return array;
    }

    private JsonNode scalar(ScalarNode scalar, FieldPath path) {
        var text = scalar.getValue();
        if (text.length() > MAXIMUM_TEXT) {
            problems.add(place(scalar), path, "is longer than 65536 characters");
            return JSON.nullNode();
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            problems.add(place(scalar), path, "contains a control character; remove it");
            return JSON.nullNode();
        }
        texts.put(path, text);
        var tag = scalar.getTag();
        if (tag.equals(Tag.STR)) {
            return JSON.stringNode(text);
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.NULL)) {
            problems.add(place(scalar), path, "has no value; give it one or remove it");
            return JSON.nullNode();
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(scalar, path);
        }
        problems.add(place(scalar), path, "has the tag " + printable(tag.getValue()) + "; tags are not used here");
        return JSON.nullNode();
    }

    private JsonNode number(ScalarNode scalar, FieldPath path) {
        try {
            // Bounded before parsing: the time to parse grows with the square of the digits, an exponent with its
            // value.
            if (scalar.getValue().length() <= MAXIMUM_DIGITS) {
                return scalar.getTag().equals(Tag.INT)
                        ? JSON.numberNode(new BigInteger(scalar.getValue()))
                        : JSON.numberNode(new BigDecimal(Double.toString(Double.parseDouble(scalar.getValue()))));
            }
        } catch (NumberFormatException e) {
            // Said below: infinities and not-a-number come here.
        }
        problems.add(place(scalar), path, "is not a usable number; write fewer digits, or put it in quotes");
        return JSON.nullNode();
    }

    private void expectTag(Node node, Tag tag, FieldPath path) {
        if (!node.getTag().equals(tag)) {
            var name = printable(node.getTag().getValue());
            problems.add(place(node), path, "has the tag " + name + "; tags are not used here");
        }
    }

    private int firstLine(FieldPath path) {
        var first = keys.get(path);
        return first == null ? 0 : first.line();
    }

    private static Place place(Node node) {
        return node.getStartMark().map(Place::of).orElse(Place.START);
    }

    /** Keys reach terminals and web pages through messages. */
    private static String printable(String text) {
        var clean = text.replaceAll("[\\p{Cntrl}]", "?");
        return clean.length() > 80 ? clean.substring(0, 80) + "..." : clean;
    }
}
