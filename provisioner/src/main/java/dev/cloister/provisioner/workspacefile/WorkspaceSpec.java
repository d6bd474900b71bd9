package dev.cloister.provisioner.workspacefile;

import dev.cloister.provisioner.AgentPlan;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one workspace is made of, with all parameters filled in.
 *
 * @param image {@code host} or the name of an image
 * @param egress names that may be reached, as written and checked
 * @param cost what a day of it running takes of its owner's quota
 * @param warnings for the author, in sentences
 */
public record WorkspaceSpec(
        String image,
        Resources resources,
        String directory,
        Map<String, String> environment,
        List<AgentPlan.Script> scripts,
        List<AgentPlan.App> apps,
        List<AgentPlan.Metadata> metadata,
        List<String> egress,
        int cost,
        List<String> warnings) {
    /** The image that is the host's own root, read-only. */
    public static final String HOST_IMAGE = "host";

    /** The home directory inside every workspace. */
    public static final String HOME = "/home/dev";

    public WorkspaceSpec {
        environment = Map.copyOf(environment);
        scripts = List.copyOf(scripts);
        apps = List.copyOf(apps);
        metadata = List.copyOf(metadata);
        egress = List.copyOf(egress);
        warnings = List.copyOf(warnings);
    }

    /** What the template asks for; absent where it leaves the choice to the engine. */
    public record Resources(
            @Nullable Integer cpuMillis,
            @Nullable Long memoryBytes,
            @Nullable Long diskBytes,
            @Nullable Integer processes) {}
}
