package dev.cloister.server.template;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.provisioner.TemplatePlan;

/** What an import found, as it is kept with the version. */
final class PlanJson {
    private PlanJson() {}

    static String write(TemplatePlan plan) {
        return ApiJson.mapper().writeValueAsString(plan).replace("\\u0000", "\uFFFD");
    }

    static TemplatePlan read(String json) {
        return ApiJson.mapper().readValue(json, TemplatePlan.class);
    }
}
