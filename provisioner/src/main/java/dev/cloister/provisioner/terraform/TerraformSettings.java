package dev.cloister.provisioner.terraform;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How Terraform is run.
 *
 * @param directory for runs; nothing of a run stays in it
 * @param program the binary; empty for the terraform or tofu on the search path
 * @param account as whom Terraform runs; empty for an account of its own for each workspace, which takes root. Whoever
 *     runs the server as somebody else must name that account, since templates can then read what the server can
 * @param firstUid of the accounts of workspaces
 * @param environment the variables of the server's own environment that Terraform gets, such as {@code KUBECONFIG}
 * @param timeLimit for all commands of a run together
 * @param diskLimit of a run's directory, in bytes
 * @param accessUrl where workspaces reach the server
 * @param agentScripts how agents are started, by {@code os_arch}
 */
public record TerraformSettings(
        Path directory,
        Optional<Path> program,
        Optional<String> account,
        int firstUid,
        List<String> environment,
        Duration timeLimit,
        long diskLimit,
        Supplier<URI> accessUrl,
        Map<String, String> agentScripts) {
    /** How many accounts there are for workspaces. */
    static final int UIDS = 10_000;

    public TerraformSettings {
        environment = List.copyOf(environment);
        agentScripts = Map.copyOf(agentScripts);
    }
}
