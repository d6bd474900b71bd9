package dev.cloister.server.deployment;

import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

/** What a deployment makes for itself at its first start. */
public final class DeploymentKeys {
    private final Transactions transactions;
    private final DeploymentRepository repository;

    public DeploymentKeys(Transactions transactions, DeploymentRepository repository) {
        this.transactions = transactions;
        this.repository = repository;
    }

    /** The id by which this deployment is told from others, the same for all its servers. */
    public UUID deploymentId() {
        var job = new Caller.Job("deployment", Set.of(), Origin.internal());
        byte[] stored = transactions.change(
                job,
                tx -> Changed.unaudited(
                        repository.loadOrStore(
                                tx,
                                "deployment-id",
                                UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII)),
                        Unaudited.SERVER_KEY));
        return UUID.fromString(new String(stored, StandardCharsets.US_ASCII));
    }
}
