package dev.cloister.provisioner.sandbox;

import java.net.URI;
import java.util.List;
import java.util.UUID;

/**
 * Everything that running a workspace needs besides its credentials; kept, so that it can be launched again after the
 * host has restarted.
 *
 * @param image {@code host} or the name of an image
 * @param serverUrl as the agent was told
 */
record LaunchPlan(
        UUID workspaceId,
        UUID buildId,
        String workspaceName,
        String image,
        Limits limits,
        List<String> egress,
        URI serverUrl,
        HomeVolume.Kind home) {
    LaunchPlan {
        egress = List.copyOf(egress);
    }
}
