package dev.cloister.provisioner.terraform.provider;

import dev.cloister.provisioner.terraform.provider.Value.Fields;
import dev.cloister.provisioner.terraform.provider.Value.Many;
import dev.cloister.provisioner.terraform.provider.Value.Null;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a resource will be, from what it is and what its template says. Nothing given and the empty value of a type count
 * as the same, as they do for the provider that has written most states there are; otherwise a state of its would be
 * replaced.
 */
final class Planning {
    private Planning() {}

    /**
     * A plan.
     *
     * @param replaces top-level arguments because of which the resource must be made anew
     */
    record Planned(Fields state, List<String> replaces) {}

    /** A new resource: what is given, the defaults, and unknown what only its making tells. */
    static Fields create(ProviderSchema.Type type, Fields config) {
        return block(type.block(), config, null);
    }

    static Planned update(ProviderSchema.Type type, Fields config, Fields prior) {
        Fields planned = block(type.block(), config, prior);
        var replaces = new ArrayList<String>();
        for (AttributeSchema attribute : type.block().attributes().values()) {
            if (attribute.replaces() && !planned.get(attribute.name()).equals(prior.get(attribute.name()))) {
                replaces.add(attribute.name());
            }
        }
        for (BlockSchema.Nested nested : type.block().blocks().values()) {
            if (nested.replaces() && !planned.get(nested.name()).equals(prior.get(nested.name()))) {
                replaces.add(nested.name());
            }
        }
        return new Planned(planned, replaces);
    }

    private static Fields block(BlockSchema schema, Fields config, @Nullable Fields prior) {
        var planned = new LinkedHashMap<String, Value>();
        for (AttributeSchema attribute : schema.attributes().values()) {
            String name = attribute.name();
            planned.put(name, attribute(attribute, config.get(name), prior == null ? null : prior.get(name)));
        }
        for (BlockSchema.Nested nested : schema.blocks().values()) {
            String name = nested.name();
            planned.put(name, blocks(nested, config.get(name), prior == null ? null : prior.get(name)));
        }
        return new Fields(planned);
    }

    private static Value attribute(AttributeSchema attribute, Value given, @Nullable Value prior) {
        if (attribute.computed() && given instanceof Null) {
            return prior == null ? Value.UNKNOWN : prior;
        }
        Value wanted = given instanceof Null ? attribute.fallback() : given;
        return prior != null && same(wanted, prior) ? prior : wanted;
    }

    private static boolean same(Value wanted, Value prior) {
        return wanted.equals(prior) || (wanted.isEmpty() && prior.isEmpty());
    }

    private static Value blocks(BlockSchema.Nested nested, Value given, @Nullable Value prior) {
        if (!(given instanceof Many(var blocks))) {
            return given;
        }
        if (blocks.isEmpty() && nested.computed()) {
            // Members of a block that the template leaves out have their defaults.
            return prior instanceof Many(var before) && !before.isEmpty()
                    ? prior
                    : new Many(List.of(block(nested.content(), new Fields(new LinkedHashMap<>()), null)));
        }
        var before = prior instanceof Many(var values) ? values : List.<Value>of();
        var planned = new ArrayList<Value>();
        for (int place = 0; place < blocks.size(); place++) {
            planned.add(
                    blocks.get(place) instanceof Fields fields
                            ? member(nested, fields, place < before.size() ? before.get(place) : null, before)
                            : blocks.get(place));
        }
        return nested.set() && sameMembers(planned, before) ? new Many(before) : new Many(planned);
    }

    private static Value member(BlockSchema.Nested nested, Fields config, @Nullable Value atPlace, List<Value> before) {
        if (nested.set()) {
            // The same member may stand elsewhere: the order of a set says nothing.
            for (Value candidate : before) {
                if (candidate instanceof Fields fields
                        && block(nested.content(), config, fields).equals(fields)) {
                    return fields;
                }
            }
            return block(nested.content(), config, null);
        }
        return atPlace instanceof Fields fields
                ? block(nested.content(), config, fields)
                : block(nested.content(), config, null);
    }

    private static boolean sameMembers(List<Value> planned, List<Value> before) {
        return planned.size() == before.size() && before.containsAll(planned);
    }
}
