package dev.cloister.provisioner.terraform.provider;

import dev.cloister.contract.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a run tells its template. It never leaves this process except as answers to the template's data sources, so that
 * none of it is in the environment of Terraform or of what Terraform starts.
 *
 * @param accessUrl where the workspace reaches the server
 * @param transition {@code start}, {@code stop} or {@code destroy}
 * @param building whether a workspace is built; otherwise a template is looked at
 * @param parameters chosen values by parameter name
 * @param before the values of the build before, by parameter name
 * @param externalTokens tokens of outside services by the service's id
 * @param secretsByVariable the owner's secrets by the name of their environment variable
 * @param secretsByFile the owner's secrets by their path
 * @param agentScripts how an agent is started, by {@code os_arch}; {@code ${ACCESS_URL}} and {@code ${AUTH_TYPE}} are
 *     filled in
 */
public record BuildFacts(
        URI accessUrl,
        String transition,
        boolean building,
        Workspace workspace,
        Owner owner,
        Template template,
        Map<String, String> parameters,
        Map<String, String> before,
        Map<String, Secret> externalTokens,
        Map<String, Secret> secretsByVariable,
        Map<String, Secret> secretsByFile,
        Map<String, String> agentScripts) {
    public BuildFacts {
        parameters = Map.copyOf(parameters);
        before = Map.copyOf(before);
        externalTokens = Map.copyOf(externalTokens);
        secretsByVariable = Map.copyOf(secretsByVariable);
        secretsByFile = Map.copyOf(secretsByFile);
        agentScripts = Map.copyOf(agentScripts);
    }

    /** The same with what agents are started by. */
    public BuildFacts started(Map<String, String> scripts) {
        return new BuildFacts(
                accessUrl,
                transition,
                building,
                workspace,
                owner,
                template,
                parameters,
                before,
                externalTokens,
                secretsByVariable,
                secretsByFile,
                scripts);
    }

    /** The same with another address of the server. */
    BuildFacts reachedAt(URI url) {
        return new BuildFacts(
                url,
                transition,
                building,
                workspace,
                owner,
                template,
                parameters,
                before,
                externalTokens,
                secretsByVariable,
                secretsByFile,
                agentScripts);
    }

    /** The workspace that is built. */
    public record Workspace(UUID id, String name) {}

    /** The template, and the name of its version. */
    public record Template(String id, String name, String version) {}

    /** A role of the owner; in no organization where that is empty. */
    public record Role(String name, String organization) {}

    /**
     * Whom the workspace belongs to. Credentials are empty unless the operator lets templates have them.
     *
     * @param loginType how the owner signs in, such as {@code password}
     */
    public record Owner(
            UUID id,
            String name,
            String fullName,
            String email,
            List<String> groups,
            List<Role> roles,
            String loginType,
            String sshPublicKey,
            Secret sshPrivateKey,
            Secret sessionToken,
            Secret oidcToken) {
        public Owner {
            groups = List.copyOf(groups);
            roles = List.copyOf(roles);
        }
    }

    /** For a template that is looked at without a workspace: the values that templates are used to see then. */
    public static BuildFacts ofNobody(URI accessUrl, Map<String, String> parameters) {
        var none = Secret.of("");
        return new BuildFacts(
                accessUrl,
                "start",
                false,
                new Workspace(UUID.randomUUID(), "default"),
                new Owner(
                        UUID.randomUUID(),
                        "default",
                        "default",
                        "default@example.com",
                        List.of(),
                        List.of(),
                        "",
                        "",
                        none,
                        none,
                        none),
                new Template("", "", ""),
                parameters,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }
}
