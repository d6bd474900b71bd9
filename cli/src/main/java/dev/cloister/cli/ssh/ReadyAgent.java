package dev.cloister.cli.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Recognizes the usual case, a running workspace whose agent is connected and done with its scripts, in the JSON of a
 * workspace. Making all the records that such an answer consists of would double the time until ssh gets its first byte.
 */
final class ReadyAgent {
    private ReadyAgent() {}

    /** The agent of that name, or the only one, if one can connect to it at once. */
    static Optional<UUID> in(JsonNode workspace, Optional<String> name) {
        var build = workspace.path("latest_build");
        if (!text(build, "status").equals("running")) {
            return Optional.empty();
        }
        var agents = agents(build);
        var chosen = name.isPresent()
                ? agents.stream()
                        .filter(agent -> text(agent, "name").equals(name.get()))
                        .toList()
                : agents;
        if (chosen.size() != 1
                || !text(chosen.getFirst(), "status").equals("connected")
                || !text(chosen.getFirst(), "lifecycle_state").equals("ready")) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text(chosen.getFirst(), "id")));
        } catch (IllegalArgumentException noId) {
            return Optional.empty(); // the complete reading will say what is wrong
        }
    }

    private static List<JsonNode> agents(JsonNode build) {
        var agents = new ArrayList<JsonNode>();
        for (var resource : build.path("resources")) {
            resource.path("agents").forEach(agents::add);
        }
        return agents;
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
