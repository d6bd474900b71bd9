package dev.cloister.server.personal;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.AuditAction;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.identity.People;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One SSH key for Git for each person, made when it is first asked for. The private half goes to agents only. */
public final class GitKeyService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final People people;
    private final GitKeyRepository keys;
    private final Clock clock;

    public GitKeyService(
            Transactions transactions, Authorizer authorizer, People people, GitKeyRepository keys, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.people = people;
        this.keys = keys;
        this.clock = clock;
    }

    private GitKey fresh(UUID user) {
        var pair = GitKeyPair.generate();
        var now = clock.instant();
        return new GitKey(new UserId(user), pair.publicKey(), pair.privateKey(), now, now);
    }

    GitKey get(Caller caller, UserId id) {
        Optional<GitKey> found = transactions.read(
                tx -> keys.find(tx, authorizer.require(tx, caller, Action.READ_PERSONAL, id), Action.READ_PERSONAL));
        return found.orElseGet(() -> transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.READ_PERSONAL, id);
            GitKey key = fresh(id.value());
            return keys.insert(tx, permit, Action.READ_PERSONAL, key)
                    ? Changed.to(key, AuditEvent.created(key))
                    : Changed.unaudited(
                            keys.find(tx, permit, Action.READ_PERSONAL).orElseThrow(Failure.NotFound::new),
                            Unaudited.NO_CHANGE);
        }));
    }

    /** Another key in the place of the old one, which stops working wherever it was given. */
    GitKey regenerate(Caller caller, UserId id) {
        return transactions.change(caller, tx -> {
            var permit = people.requireOver(tx, caller, Action.UPDATE_PERSONAL, id);
            GitKey after = fresh(id.value());
            Optional<GitKey> before = keys.find(tx, permit, Action.UPDATE_PERSONAL);
            if (before.isEmpty()) {
                keys.insert(tx, permit, Action.UPDATE_PERSONAL, after);
                return Changed.to(after, AuditEvent.created(after));
            }
            keys.replace(tx, permit, after);
            return Changed.to(
                    new GitKey(
                            id,
                            after.publicKey(),
                            after.privateKey(),
                            before.get().createdAt(),
                            after.updatedAt()),
                    AuditEvent.updated(before.get(), after));
        });
    }

    /** The key of the owner of an agent's workspace. That it was handed out is on the audit log. */
    GitKey forAgent(Caller.Agent agent) {
        return transactions.change(agent, tx -> {
            var permit = authorizer.require(tx, agent, Action.UPDATE_AGENT, new WorkspaceAgentId(agent.agentId()));
            people.requireMaySignIn(tx, permit);
            Optional<GitKey> found = keys.findOfOwner(tx, permit);
            if (found.isPresent()) {
                return Changed.to(found.get(), AuditEvent.done(AuditAction.OPEN, found.get()));
            }
            GitKey key = fresh(Owners.of(permit));
            keys.insertOfOwner(tx, permit, key);
            GitKey kept = keys.findOfOwner(tx, permit).orElseThrow(Failure.NotFound::new);
            return Changed.to(kept, List.of(AuditEvent.created(kept), AuditEvent.done(AuditAction.OPEN, kept)));
        });
    }
}
