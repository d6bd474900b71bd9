package dev.cloister.provisioner;

import java.util.List;

/**
 * What a host does for the isolation of workspaces, in sentences for its operator.
 *
 * @param enforced what holds here
 * @param notEnforced what does not hold here, each with its consequence and its remedy; to be shown loudly
 * @param problems why no workspace can run here at all; empty on a usable host
 */
public record HostReport(List<String> enforced, List<String> notEnforced, List<String> problems) {
    public HostReport {
        enforced = List.copyOf(enforced);
        notEnforced = List.copyOf(notEnforced);
        problems = List.copyOf(problems);
    }

    /** Whether workspaces can run at all. */
    public boolean usable() {
        return problems.isEmpty();
    }
}
