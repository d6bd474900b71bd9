package dev.cloister.server.template;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.provisioner.PlannedResource;
import dev.cloister.provisioner.TemplatePlan;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an import found, as it is kept with the version. */
final class PlanJson {
    private PlanJson() {}

    static String write(TemplatePlan plan) {
        return ApiJson.mapper().writeValueAsString(plan).replace("\\u0000", "\uFFFD");
    }

    static TemplatePlan read(String json) {
        JsonNode plan = ApiJson.mapper().readTree(json);
        plan.path("resources").forEach(PlanJson::renew);
        return ApiJson.mapper().treeToValue(plan, TemplatePlan.class);
    }

    /** A resource once had one agent at most. */
    private static void renew(JsonNode resource) {
        if (resource instanceof ObjectNode fields && !fields.has("agents")) {
            var agents = fields.putArray("agents");
            if (fields.path("agent").isObject()) {
                agents.add(fields.get("agent"));
            }
            fields.remove("agent");
            fields.put("dailyCost", PlannedResource.OF_THE_WHOLE);
        }
    }
}
