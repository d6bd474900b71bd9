package dev.cloister.provisioner;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a workspace that a person sees on its page.
 *
 * @param type of what kind, such as {@code cloister_sandbox}
 * @param icon a path or emoji of the template; may be empty
 * @param agent absent while the workspace is stopped
 * @param warnings what this host does not enforce, in sentences
 */
public record PlannedResource(
        String name,
        String type,
        String icon,
        @Nullable AgentPlan agent,
        List<ResourceDetail> metadata,
        List<String> warnings) {
    public PlannedResource {
        metadata = List.copyOf(metadata);
        warnings = List.copyOf(warnings);
    }

    /** A line of facts beside the resource, for instance memory and "4 GiB". */
    public record ResourceDetail(String key, String value) {}
}
