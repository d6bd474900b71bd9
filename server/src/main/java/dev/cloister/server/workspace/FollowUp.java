package dev.cloister.server.workspace;

import dev.cloister.server.template.TemplateVersionId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * The start that a successful stop is followed by, decided when the stop was asked for.
 *
 * @param parameters the value of every parameter
 */
record FollowUp(TemplateVersionId version, Map<String, String> parameters) {
    private static final String INPUT = "on_success";
    private static final String VERSION = "template_version_id";
    private static final String PARAMETERS = "parameters";

    FollowUp {
        parameters = Map.copyOf(parameters);
    }

    /** As a part of the input of the stop's job. */
    void write(Map<String, Object> input) {
        input.put(INPUT, Map.of(VERSION, version.value().toString(), PARAMETERS, parameters));
    }

    /** Out of the input of a job, empty where nothing follows. */
    static Optional<FollowUp> read(JsonNode input) {
        JsonNode stored = input.path(INPUT);
        if (stored.isMissingNode()) {
            return Optional.empty();
        }
        var parameters = new LinkedHashMap<String, String>();
        stored.path(PARAMETERS)
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asString()));
        return Optional.of(new FollowUp(
                new TemplateVersionId(UUID.fromString(stored.path(VERSION).asString())), parameters));
    }
}
