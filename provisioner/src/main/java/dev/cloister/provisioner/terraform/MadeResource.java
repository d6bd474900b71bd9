package dev.cloister.provisioner.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A resource or the answer of a data source, of a plan or a state as {@code terraform show -json} tells it.
 *
 * @param index of an instance as JSON; missing for the only one
 */
record MadeResource(String address, boolean managed, String type, String name, JsonNode index, JsonNode values) {
    private static final int MAXIMUM = 10_000;

    String label() {
        return Graph.label(address);
    }

    String text(String field) {
        return values.path(field).asString("");
    }

    Optional<String> given(String field) {
        return values.path(field).isString() ? Optional.of(text(field)) : Optional.empty();
    }

    int number(String field) {
        return values.path(field).asInt(0);
    }

    boolean flag(String field) {
        return values.path(field).asBoolean(false);
    }

    /** What a plan will make, and what its data sources answered. */
    static List<MadeResource> ofPlan(JsonNode plan) {
        var found = new ArrayList<MadeResource>();
        collect(plan.path("prior_state").path("values").path("root_module"), found);
        found.removeIf(MadeResource::managed);
        collect(plan.path("planned_values").path("root_module"), found);
        return found;
    }

    /** What a state holds. */
    static List<MadeResource> ofState(JsonNode state) {
        var found = new ArrayList<MadeResource>();
        collect(state.path("values").path("root_module"), found);
        return found;
    }

    private static void collect(JsonNode module, List<MadeResource> found) {
        for (JsonNode resource : module.path("resources")) {
            if (found.size() < MAXIMUM) {
                found.add(new MadeResource(
                        resource.path("address").asString(""),
                        resource.path("mode").asString("").equals("managed"),
                        resource.path("type").asString(""),
                        resource.path("name").asString(""),
                        resource.path("index"),
                        resource.path("values")));
            }
        }
        module.path("child_modules").forEach(child -> collect(child, found));
    }
}
