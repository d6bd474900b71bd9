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
import dev.cloister.server.platform.http.RateLimits;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** One SSH key for Git for each person, made when it is first asked for. Agents sign with it. */
public final class GitKeyService {
    /** Each one is an entry of the audit log, which a loop in a workspace must not flood. */
    private static final long MOST_SIGNATURES_A_MINUTE = 240;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final People people;
    private final GitKeyRepository keys;
    private final Clock clock;
    private final RateLimits limits = new RateLimits(0);

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
        return ofOwner(agent, key -> List.of(opened(agent, key).with("purpose", "private key")));
    }

    /** The public half for the agent of one of the owner's workspaces, as the SSH protocol writes it. */
    byte[] publicKeyForAgent(Caller.Agent agent) {
        return GitKeyPair.blob(ofOwner(agent, ignored -> List.of()).publicKey());
    }

    /**
     * Signs a login at a Git server, or a commit, with the key of the owner of an agent's workspace. Each signature is
     * on the audit log.
     *
     * @param hostKey the host key that the client has met by the word of the agent, as the SSH protocol writes it; empty
     *     where that is not known
     * @return as the SSH protocol writes it
     * @throws Failure.Invalid for everything else that is to be signed
     */
    byte[] sign(Caller.Agent agent, byte[] data, byte[] hostKey) {
        limits.take("signatures for agent " + agent.agentId(), MOST_SIGNATURES_A_MINUTE);
        GitKey signer = ofOwner(agent, key -> {
            var request = SignatureRequest.parse(data, GitKeyPair.blob(key.publicKey()));
            return List.of(signed(opened(agent, key), request, hostKey));
        });
        return GitKeyPair.sign(signer.privateKey(), data);
    }

    private static AuditEvent opened(Caller.Agent agent, GitKey key) {
        return AuditEvent.done(AuditAction.OPEN, key)
                .with("workspace_id", agent.workspaceId().toString());
    }

    private static AuditEvent signed(AuditEvent event, SignatureRequest request, byte[] said) {
        byte[] hostKey = request.hostKey().length == 0 ? said : request.hostKey();
        AuditEvent full = event.with("purpose", request.purpose());
        if (!request.user().isEmpty()) {
            full = full.with("ssh_user", request.readableUser());
        }
        return hostKey.length == 0 ? full : full.with("host_key", GitKeyPair.fingerprint(hostKey));
    }

    /** @param events what to write down of a key that is used */
    private GitKey ofOwner(Caller.Agent agent, Function<GitKey, List<AuditEvent>> events) {
        return transactions.change(agent, tx -> {
            var permit = authorizer.require(tx, agent, Action.UPDATE_AGENT, new WorkspaceAgentId(agent.agentId()));
            people.requireMaySignIn(tx, permit);
            Optional<GitKey> found = keys.findOfOwner(tx, permit);
            if (found.isPresent()) {
                List<AuditEvent> used = events.apply(found.get());
                return used.isEmpty()
                        ? Changed.unaudited(found.get(), Unaudited.NO_CHANGE)
                        : Changed.to(found.get(), used);
            }
            GitKey key = fresh(Owners.of(permit));
            keys.insertOfOwner(tx, permit, key);
            GitKey kept = keys.findOfOwner(tx, permit).orElseThrow(Failure.NotFound::new);
            var all = new ArrayList<>(List.of(AuditEvent.created(kept)));
            all.addAll(events.apply(kept));
            return Changed.to(kept, all);
        });
    }
}
