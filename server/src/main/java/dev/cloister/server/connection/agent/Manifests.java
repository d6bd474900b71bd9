package dev.cloister.server.connection.agent;

import dev.cloister.contract.agent.Manifest;
import dev.cloister.contract.agent.UuidBytes;
import dev.cloister.contract.tailnet.DERPMap;
import dev.cloister.server.audit.Transactions;
import java.util.HashSet;
import java.util.Set;

/** Tells an agent what it is to do, from what its build left in the tables. */
public final class Manifests {
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

    Manifest manifest(AgentGrant grant) {
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
