package dev.cloister.provisioner;

import dev.cloister.contract.Secret;
import java.util.List;
import java.util.Map;

/**
 * What exists after a build; empty after a deletion.
 *
 * @param tokens by which agents will prove themselves, by the agent's name; empty where the only agent has the one that
 *     the order gave it
 */
public record BuildOutcome(List<PlannedResource> resources, Map<String, Secret> tokens) {
    public BuildOutcome {
        resources = List.copyOf(resources);
        tokens = Map.copyOf(tokens);
    }

    public BuildOutcome(List<PlannedResource> resources) {
        this(resources, Map.of());
    }
}
