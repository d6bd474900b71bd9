package dev.cloister.provisioner;

import dev.cloister.contract.Secret;
import dev.cloister.provisioner.terraform.provider.BuildFacts;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a build by Terraform needs beyond what every build does.
 *
 * @param before the values of the build before, by parameter name
 * @param externalTokens the owner's tokens of outside services by the service's id
 * @param secretsByVariable the owner's secrets by the name of their environment variable
 * @param secretsByFile the owner's secrets by their path
 */
public record TerraformInput(
        BuildFacts.Owner owner,
        BuildFacts.Template template,
        Map<String, String> before,
        Map<String, Secret> externalTokens,
        Map<String, Secret> secretsByVariable,
        Map<String, Secret> secretsByFile,
        States states,
        Costs costs) {
    public TerraformInput {
        before = Map.copyOf(before);
        externalTokens = Map.copyOf(externalTokens);
        secretsByVariable = Map.copyOf(secretsByVariable);
        secretsByFile = Map.copyOf(secretsByFile);
    }

    /** For engines that ask for none of it. */
    public static TerraformInput none(UUID owner) {
        var nothing = Secret.of("");
        return new TerraformInput(
                new BuildFacts.Owner(owner, "", "", "", List.of(), List.of(), "", "", nothing, nothing, nothing),
                new BuildFacts.Template("", "", ""),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                States.NONE,
                cost -> {});
    }

    /** Where the state of a workspace's resources is kept between builds. */
    public interface States {
        States NONE = new States() {
            @Override
            public byte[] last() {
                return new byte[0];
            }

            @Override
            public void keep(byte[] state) {}
        };

        /** The state after the last build that left one; empty where there is none. */
        byte[] last();

        /** Keeps what this build has left, even one that failed. */
        void keep(byte[] state);
    }

    /** Whether the owner may have what a build will cost a day. */
    @FunctionalInterface
    public interface Costs {
        /** @throws BuildException where the owner's quota does not allow it; nothing is made then */
        void take(int dailyCost) throws BuildException;
    }
}
