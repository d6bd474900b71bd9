package dev.cloister.provisioner;

import java.util.List;

/** What exists after a build; empty after a deletion. */
public record BuildOutcome(List<PlannedResource> resources) {
    public BuildOutcome {
        resources = List.copyOf(resources);
    }
}
