package dev.cloister.server.workspace;

import dev.cloister.contract.api.WorkspaceQuota;
import dev.cloister.contract.api.WorkspaceTransition;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Origin;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.build.JobFailedException;
import dev.cloister.server.build.LeasedJob;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Keeps what people's workspaces cost within what their groups allow. */
public final class QuotaService {
    /** In the words of the published API. */
    private static final String INSUFFICIENT = "INSUFFICIENT_QUOTA";

    private static final Caller.Job JOB = new Caller.Job("workspace-quota", Set.of(), Origin.internal());

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final QuotaRepository repository;

    QuotaService(Transactions transactions, Authorizer authorizer, QuotaRepository repository) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.repository = repository;
    }

    /** What of a person's quota is taken, within a transaction. */
    WorkspaceQuota of(ReadTx tx, Caller caller, UUID organization, UserId person) {
        UUID user = authorizer
                .require(tx, caller, Action.READ, person)
                .idFor(Action.READ)
                .value();
        return new WorkspaceQuota(
                repository.consumed(tx, organization, user), repository.budget(tx, organization, user));
    }

    /**
     * Takes what a build will cost out of its owner's quota. Builds that run at the same time are judged one after the
     * other; only a start can be refused.
     *
     * @throws JobFailedException where the quota does not allow it; nothing has been made then
     */
    void reserve(LeasedJob job, Workspace workspace, WorkspaceBuild build, int cost) throws JobFailedException {
        Optional<String> refusal = transactions.change(JOB, tx -> {
            repository.lock(tx, workspace.organizationId(), workspace.ownerId());
            if (build.transition() == WorkspaceTransition.START && cost > 0) {
                int taken = repository.consumedBesides(
                        tx,
                        workspace.organizationId(),
                        workspace.ownerId(),
                        workspace.id().value());
                int budget = repository.budget(tx, workspace.organizationId(), workspace.ownerId());
                if ((long) taken + cost > budget) {
                    return Changed.unaudited(
                            Optional.of("It costs %d a day; other workspaces take %d of a quota of %d."
                                    .formatted(cost, taken, budget)),
                            Unaudited.NO_CHANGE);
                }
            }
            repository.reserve(tx, job, cost);
            return Changed.unaudited(Optional.<String>empty(), Unaudited.BUILD_REPORT);
        });
        if (refusal.isPresent()) {
            throw new JobFailedException("The quota is not sufficient. " + refusal.get(), INSUFFICIENT);
        }
    }
}
