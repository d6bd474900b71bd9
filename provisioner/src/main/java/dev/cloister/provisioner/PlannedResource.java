package dev.cloister.provisioner;

import java.util.List;

/**
 * A piece of a workspace that a person sees on its page.
 *
 * @param type of what kind, such as {@code cloister_sandbox}
 * @param icon a path or emoji of the template; may be empty
 * @param hide whether its template wants it out of sight
 * @param dailyCost what a day of it takes of its owner's quota, or {@link #OF_THE_WHOLE}
 * @param agents none while the workspace is stopped
 * @param warnings what this host does not enforce, in sentences
 */
public record PlannedResource(
        String name,
        String type,
        String icon,
        boolean hide,
        int dailyCost,
        List<AgentPlan> agents,
        List<ResourceDetail> metadata,
        List<String> warnings) {
    /** Where not the single resource has a cost, but the workspace. */
    public static final int OF_THE_WHOLE = -1;

    public PlannedResource {
        agents = List.copyOf(agents);
        metadata = List.copyOf(metadata);
        warnings = List.copyOf(warnings);
    }

    /** A resource that is shown, of a workspace with one cost. */
    public PlannedResource(
            String name,
            String type,
            String icon,
            List<AgentPlan> agents,
            List<ResourceDetail> metadata,
            List<String> warnings) {
        this(name, type, icon, false, OF_THE_WHOLE, agents, metadata, warnings);
    }

    /** A line of facts beside the resource, for instance memory and "4 GiB". */
    public record ResourceDetail(String key, String value, boolean sensitive) {
        /** A fact for everybody who sees the resource. */
        public ResourceDetail(String key, String value) {
            this(key, value, false);
        }
    }
}
