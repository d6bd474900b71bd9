package dev.cloister.provisioner.terraform.provider;

import java.util.ArrayList;
import java.util.List;

/** Checks what a template gives against the rules that stand in the schema. */
final class SchemaRules {
    private final Findings findings;

    SchemaRules(Findings findings) {
        this.findings = findings;
    }

    void check(BlockSchema schema, Value.Fields config) {
        check(schema, config, List.of());
    }

    private void check(BlockSchema schema, Value.Fields config, List<Object> at) {
        for (AttributeSchema attribute : schema.attributes().values()) {
            Value value = config.get(attribute.name());
            if (value instanceof Value.Null) {
                continue;
            }
            List<Object> path = below(at, attribute.name());
            attribute.rules().check(path, value, findings);
            conflicts(path, attribute.conflicts(), config);
            deprecation(path, attribute.deprecation());
        }
        for (BlockSchema.Nested nested : schema.blocks().values()) {
            check(nested, config, below(at, nested.name()));
        }
    }

    private void check(BlockSchema.Nested nested, Value.Fields config, List<Object> path) {
        if (!(config.get(nested.name()) instanceof Value.Many(var blocks)) || blocks.isEmpty()) {
            return;
        }
        conflicts(path, nested.conflicts(), config);
        deprecation(path, nested.deprecation());
        for (int place = 0; place < blocks.size(); place++) {
            if (blocks.get(place) instanceof Value.Fields fields) {
                // A member of a set has no place that a path could name.
                check(nested.content(), fields, nested.set() ? path : below(path, (long) place));
            }
        }
    }

    private void conflicts(List<Object> path, List<String> others, Value.Fields config) {
        for (String other : others) {
            Value value = config.get(other);
            boolean given =
                    !(value instanceof Value.Null) && !(value instanceof Value.Many(var none) && none.isEmpty());
            if (given) {
                findings.error(path, "\"" + path.getLast() + "\" and \"" + other + "\" exclude each other");
            }
        }
    }

    private void deprecation(List<Object> path, String sentence) {
        if (!sentence.isEmpty()) {
            findings.warning(path, "\"" + path.getLast() + "\" is out of date", sentence);
        }
    }

    private static List<Object> below(List<Object> path, Object step) {
        var longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }
}
