package dev.cloister.server.workspace.sharing;

import dev.cloister.contract.api.UpdateWorkspaceACL;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.contract.api.WorkspaceACL;
import dev.cloister.contract.api.WorkspaceRole;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.sql.Topics;
import dev.cloister.server.workspace.WorkspaceId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/** Shares workspaces with people and groups of their organization, and takes it back; both hold at once. */
public final class SharingService {
    private static final int MOST = 500;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final SharingRepository repository;
    private final Clock clock;

    public SharingService(Transactions transactions, Authorizer authorizer, SharingRepository repository, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.repository = repository;
        this.clock = clock;
    }

    WorkspaceACL get(Caller caller, WorkspaceId id) {
        return transactions.read(tx -> {
            Shares shares = repository.get(tx, authorizer.require(tx, caller, Action.READ, id));
            refuseDeleted(shares);
            return new WorkspaceACL(repository.users(tx, shares), repository.groups(tx, shares));
        });
    }

    private static void refuseDeleted(Shares shares) {
        if (shares.deleted()) {
            throw new Failure.Gone("Workspace \"" + shares.name() + "\" was deleted.");
        }
    }

    /** Changes the roles of those who are named, and of nobody else. */
    void update(Caller.User caller, WorkspaceId id, UpdateWorkspaceACL wanted) {
        change(caller, id, (tx, before) -> {
            require(tx, caller, before, wanted);
            Shares after = before.with(
                    merged(before.userAcl(), wanted.userRoles()), merged(before.groupAcl(), wanted.groupRoles()));
            if (after.userAcl().size() + after.groupAcl().size() > MOST) {
                throw new Failure.Invalid(
                        "Validation failed.", "user_roles", "A workspace is shared with at most " + MOST + ".");
            }
            return after;
        });
    }

    /** Shares with nobody any more. */
    void clear(Caller caller, WorkspaceId id) {
        change(caller, id, (tx, before) -> before.with(Map.of(), Map.of()));
    }

    private void change(Caller caller, WorkspaceId id, BiFunction<WriteTx, Shares, Shares> change) {
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.SHARE, id);
            Shares before = repository.lock(tx, permit);
            refuseDeleted(before);
            Shares after = change.apply(tx, before);
            repository.update(tx, permit, after, clock.instant());
            tx.announce(Topics.WORKSPACE_SHARED, id.value().toString());
            tx.announce(Topics.WORKSPACE_CHANGED, id.value().toString());
            return Changed.to(id, AuditEvent.updated(before, after));
        });
    }

    private static Map<String, List<String>> merged(
            Map<String, List<String>> before, Map<String, WorkspaceRole> wanted) {
        var after = new LinkedHashMap<>(before);
        wanted.forEach((id, role) -> {
            if (role == WorkspaceRole.DELETED) {
                after.remove(canonical(id));
            } else {
                after.put(canonical(id), SharedRole.actions(role));
            }
        });
        return after;
    }

    private static String canonical(String id) {
        return UUID.fromString(id).toString();
    }

    /** Who cannot be seen is refused in the words for who does not exist. Taking back is always possible. */
    private void require(ReadTx tx, Caller.User caller, Shares shares, UpdateWorkspaceACL wanted) {
        var problems = new ArrayList<ValidationError>();
        Map<UUID, WorkspaceRole> users = ids("user_roles", wanted.userRoles(), problems);
        Map<UUID, WorkspaceRole> groups = ids("group_roles", wanted.groupRoles(), problems);
        Set<UUID> members = repository.members(tx, shares, users.keySet());
        users.forEach((id, role) -> {
            if (id.equals(caller.subject().id())) {
                problems.add(new ValidationError("user_roles", "Nobody changes their own role."));
            } else if (id.equals(shares.owner())) {
                problems.add(new ValidationError("user_roles", "The workspace is its owner's already."));
            } else if (role != WorkspaceRole.DELETED && !members.contains(id)) {
                problems.add(new ValidationError("user_roles", id + " is no member of the organization."));
            }
        });
        Set<UUID> known = repository.groups(tx, shares, groups.keySet());
        groups.forEach((id, role) -> {
            if (role != WorkspaceRole.DELETED && !known.contains(id)) {
                problems.add(new ValidationError("group_roles", id + " is no group of the organization."));
            }
        });
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", problems);
        }
    }

    private static Map<UUID, WorkspaceRole> ids(
            String field, Map<String, WorkspaceRole> wanted, List<ValidationError> problems) {
        var ids = new LinkedHashMap<UUID, WorkspaceRole>();
        if (wanted.size() > MOST) {
            problems.add(new ValidationError(field, "Must not have more than " + MOST + " entries."));
            return ids;
        }
        wanted.forEach((text, role) -> {
            try {
                // A JSON null is no role, whatever the type says.
                if (Objects.nonNull(role) && text.length() == 36 && ids.put(UUID.fromString(text), role) == null) {
                    return;
                }
            } catch (IllegalArgumentException e) {
                // told below
            }
            problems.add(new ValidationError(field, "Must have entries of different UUIDs, each with a role."));
        });
        return ids;
    }
}
