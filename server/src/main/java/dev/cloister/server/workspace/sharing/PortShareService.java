package dev.cloister.server.workspace.sharing;

import dev.cloister.contract.api.DeleteWorkspaceAgentPortShareRequest;
import dev.cloister.contract.api.UpsertWorkspaceAgentPortShareRequest;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.contract.api.WorkspaceAgentPortShare;
import dev.cloister.contract.api.WorkspaceAgentPortShareLevel;
import dev.cloister.contract.api.WorkspaceAgentPortShares;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.workspace.WorkspaceId;
import java.util.ArrayList;
import java.util.UUID;

/** Opens ports of workspaces to others, as far as their templates let, and closes them; both hold at once. */
public final class PortShareService {
    /** Below are ports that no web application is on. */
    private static final int LOWEST = 9;

    private static final int HIGHEST = 65_535;
    private static final int MOST = 200;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final PortShareRepository repository;

    public PortShareService(Transactions transactions, Authorizer authorizer) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.repository = new PortShareRepository();
    }

    WorkspaceAgentPortShares list(Caller caller, WorkspaceId id) {
        return transactions.read(tx -> {
            var permit = authorizer.require(tx, caller, Action.READ, id);
            refuseDeleted(repository.place(tx, permit));
            return new WorkspaceAgentPortShares(repository.list(tx, permit).stream()
                    .map(share -> share.view(id.value()))
                    .toList());
        });
    }

    private static void refuseDeleted(SharedPlace place) {
        if (place.deleted()) {
            throw new Failure.Gone("Workspace \"" + place.name() + "\" was deleted.");
        }
    }

    /** @throws Failure.Forbidden where the template does not let it be so open */
    WorkspaceAgentPortShare put(Caller caller, WorkspaceId id, UpsertWorkspaceAgentPortShareRequest request) {
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            SharedPlace place = repository.lock(tx, permit);
            refuseDeleted(place);
            requireSensible(request);
            if (!repository.hasAgent(tx, permit, request.agentName())) {
                throw new Failure.Invalid(
                        "Validation failed.", "agent_name", "The workspace has no agent of this name now.");
            }
            if (!ShareLevels.within(request.shareLevel(), place.most())) {
                throw new Failure.Forbidden("The template does not let a port be open to so many.");
            }
            var share = new PortShare(request.agentName(), request.port(), request.shareLevel(), request.protocol());
            repository.put(tx, permit, share);
            if (repository.list(tx, permit).size() > MOST) {
                throw new Failure.Invalid("A workspace shares at most " + MOST + " ports.");
            }
            announce(tx, id.value());
            return Changed.to(share.view(id.value()), share.event(place, "opened"));
        });
    }

    private static void requireSensible(UpsertWorkspaceAgentPortShareRequest request) {
        var problems = new ArrayList<ValidationError>();
        if (request.port() < LOWEST || request.port() > HIGHEST) {
            problems.add(new ValidationError("port", "Must be from " + LOWEST + " to " + HIGHEST + "."));
        }
        if (request.shareLevel() == WorkspaceAgentPortShareLevel.OWNER) {
            problems.add(new ValidationError(
                    "share_level",
                    "Must be organization, authenticated or public; to close a port, delete its share."));
        }
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", problems);
        }
    }

    void remove(Caller caller, WorkspaceId id, DeleteWorkspaceAgentPortShareRequest request) {
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            SharedPlace place = repository.lock(tx, permit);
            refuseDeleted(place);
            PortShare share = repository
                    .remove(tx, permit, request.agentName(), request.port())
                    .orElseThrow(() -> new Failure.NotFound("Port share not found."));
            announce(tx, id.value());
            return Changed.to(id, share.event(place, "closed"));
        });
    }

    private static void announce(WriteTx tx, UUID workspace) {
        tx.announce(Topics.WORKSPACE_SHARED, workspace.toString());
    }
}
