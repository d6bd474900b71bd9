package dev.cloister.server.connection.agent;

import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.tailnet.DERPMap;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.AuditedType;
import dev.cloister.server.audit.Transactions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells an agent what it is to do, from what its build left in the tables. */
public final class Manifests {
    private static final int LONGEST_NAMES = 2000;

    private final Transactions transactions;
    private final ManifestRepository repository;
    private final OwnerSecrets secrets;
    private final AppHosts hosts;

    public Manifests(Transactions transactions, ManifestRepository repository, OwnerSecrets secrets, AppHosts hosts) {
        this.transactions = transactions;
        this.repository = repository;
        this.secrets = secrets;
        this.hosts = hosts;
    }

    /** What the agent is to do. Secrets are handed to it only once it is on the log that they were. */
    Manifest manifest(AgentGrant grant) {
        var manifest = read(grant);
        if (manifest.getSecretsCount() > 0) {
            transactions.record(grant.permit().caller(), secretsRead(grant, manifest));
        }
        return manifest;
    }

    private static AuditEvent secretsRead(AgentGrant grant, Manifest manifest) {
        String names = manifest.getSecretsList().stream()
                .map(secret -> secret.getEnvName().isEmpty() ? secret.getFilePath() : secret.getEnvName())
                .collect(Collectors.joining(" "));
        return new AuditEvent(
                AuditAction.READ,
                AuditedType.USER_SECRET,
                null,
                manifest.getOwnerUsername() + "/" + manifest.getWorkspaceName(),
                grant.permit().facts().organization(),
                Map.of(),
                200,
                Map.of(
                        "workspace_id",
                        grant.workspace().value().toString(),
                        "agent",
                        manifest.getAgentName(),
                        "secrets",
                        names.substring(0, Math.min(names.length(), LONGEST_NAMES))),
                null);
    }

    private Manifest read(AgentGrant grant) {
        return transactions.read(tx -> {
            var agent = repository.agent(tx, grant);
            var place = new AppHosts.Place(agent.name(), agent.workspaceName(), agent.ownerName());
            var manifest = Manifest.newBuilder()
                    .setAgentId(UuidBytes.of(grant.agent()))
                    .setAgentName(agent.name())
                    .setOwnerUsername(agent.ownerName())
                    .setWorkspaceId(UuidBytes.of(grant.workspace().value()))
                    .setWorkspaceName(agent.workspaceName())
                    .putAllEnvironmentVariables(agent.environment())
                    .setDirectory(agent.directory())
                    .setVsCodePortProxyUri(hosts.portTemplate(place))
                    .setDisableDirectConnections(true)
                    .setDerpMap(DERPMap.getDefaultInstance())
                    .addAllScripts(repository.scripts(tx, grant))
                    .addAllMetadata(repository.metadata(tx, grant))
                    .addAllSecrets(secrets.of(tx, grant.permit()));
            repository
                    .apps(tx, grant)
                    .forEach(app -> manifest.addApps(app.toBuilder()
                            .setSubdomainName(app.getSubdomain() ? AppHosts.label(app.getSlug(), place) : "")));
            return manifest.build();
        });
    }

    /** The keys that the agent is asked to measure. */
    Set<String> metadataKeys(AgentGrant grant) {
        var keys = new HashSet<String>();
        transactions.read(tx -> repository.metadata(tx, grant)).forEach(description -> keys.add(description.getKey()));
        return keys;
    }
}
