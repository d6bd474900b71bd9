package dev.cloister.server.personal;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import dev.cloister.contract.Secret;
import dev.cloister.contract.agent.WorkspaceSecret;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.secret.SecretCipher;
import dev.cloister.server.workspace.WorkspaceAgentId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People's secrets: written by them, read by nobody, given to the agents of their workspaces. */
public final class UserSecretService {
    private static final Logger LOG = LoggerFactory.getLogger(UserSecretService.class);

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserSecretRepository secrets;
    private final SecretCipher cipher;
    private final Clock clock;

    public UserSecretService(
            Transactions transactions,
            Authorizer authorizer,
            UserSecretRepository secrets,
            SecretCipher cipher,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.secrets = secrets;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** A secret that is to be. */
    record Draft(String name, String description, String envName, String filePath, boolean enabled, Secret value) {}

    /** What is to change; null for what is not. */
    record Change(
            @Nullable String description,
            @Nullable String envName,
            @Nullable String filePath,
            @Nullable Boolean enabled,
            @Nullable Secret value) {}

    private OwnedPermit permit(Caller caller, Action action, UserId owner) {
        return authorizer.requireOwned(caller, action, ResourceType.USER_SECRET, null, owner.value());
    }

    /** Refuses whoever may not create before it is looked at what they sent. */
    void requireMayCreate(Caller caller, UserId owner) {
        permit(caller, Action.CREATE, owner);
    }

    List<UserSecretRecord> list(Caller caller, UserId owner) {
        return transactions.read(tx -> secrets.list(tx, permit(caller, Action.READ, owner), Action.READ));
    }

    UserSecretRecord get(Caller caller, UserId owner, String name) {
        return transactions.read(tx -> find(tx, permit(caller, Action.READ, owner), Action.READ, name));
    }

    private UserSecretRecord find(ReadTx tx, OwnedPermit permit, Action use, String name) {
        return secrets.find(tx, permit, use, name).orElseThrow(Failure.NotFound::new);
    }

    /** Creates all of them or none. */
    List<UserSecretRecord> create(Caller caller, UserId owner, List<Draft> drafts) {
        return transactions.change(caller, tx -> {
            var permit = permit(caller, Action.CREATE, owner);
            lock(tx, permit, Action.CREATE);
            var all = new ArrayList<>(secrets.list(tx, permit, Action.CREATE));
            var made = new ArrayList<UserSecretRecord>();
            for (Draft draft : drafts) {
                UserSecretRecord secret = secret(owner, draft);
                requireValid(secret, draft.value(), drafts.size() > 1 ? draft.name() + "." : "");
                requireFree(all, secret);
                all.add(secret);
                made.add(secret);
            }
            requireRoom(all);
            made.forEach(secret -> secrets.insert(tx, permit, secret));
            return Changed.to(
                    List.copyOf(made), made.stream().map(AuditEvent::created).toList());
        });
    }

    private UserSecretRecord secret(UserId owner, Draft draft) {
        UUID id = UUID.randomUUID();
        var now = clock.instant();
        return new UserSecretRecord(
                id,
                owner,
                draft.name(),
                draft.description(),
                draft.envName(),
                draft.filePath(),
                draft.enabled(),
                encrypted(id, draft.value()),
                size(draft.value()),
                now,
                now);
    }

    private Secret encrypted(UUID id, Secret value) {
        return Secret.of(Base64.getEncoder().encodeToString(cipher.encrypt(UserSecretRepository.VALUE.at(id), value)));
    }

    private static int size(Secret value) {
        return value.reveal().getBytes(UTF_8).length;
    }

    private void lock(WriteTx tx, OwnedPermit permit, Action use) {
        if (!secrets.lock(tx, permit, use)) {
            throw new Failure.NotFound();
        }
    }

    private static void requireValid(UserSecretRecord secret, @Nullable Secret value, String prefix) {
        var problems = new ArrayList<ValidationError>();
        SecretRules.problems(secret)
                .forEach(problem -> problems.add(new ValidationError(prefix + problem.field(), problem.detail())));
        if (value != null) {
            SecretRules.value(value, secret.envName())
                    .ifPresent(problem -> problems.add(new ValidationError(prefix + "value", problem)));
        }
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", problems);
        }
    }

    /** A name, a variable and a file have one value each. */
    private static void requireFree(List<UserSecretRecord> others, UserSecretRecord secret) {
        for (UserSecretRecord other : others) {
            if (other.name().equals(secret.name())) {
                throw taken("name", "There is a secret with this name.");
            }
            if (!secret.envName().isEmpty() && other.envName().equals(secret.envName())) {
                throw taken("env_name", "The secret \"" + other.name() + "\" is in this variable.");
            }
            if (!secret.filePath().isEmpty() && other.filePath().equals(secret.filePath())) {
                throw taken("file_path", "The secret \"" + other.name() + "\" is in this file.");
            }
        }
    }

    private static Failure taken(String field, String problem) {
        return new Failure.Conflict(
                "A secret with that name, environment variable, or file path already exists.",
                List.of(new ValidationError(field, problem)));
    }

    private static void requireRoom(List<UserSecretRecord> all) {
        if (all.size() > SecretRules.MOST) {
            throw new Failure.Invalid("A person has at most " + SecretRules.MOST + " secrets.");
        }
        if (all.stream().mapToLong(UserSecretRecord::valueBytes).sum() > SecretRules.LARGEST_TOGETHER) {
            throw new Failure.Invalid(
                    "The secrets of a person have at most " + SecretRules.LARGEST_TOGETHER + " bytes together.");
        }
    }

    UserSecretRecord update(Caller caller, UserId owner, String name, Change change) {
        return transactions.change(caller, tx -> {
            var permit = permit(caller, Action.UPDATE, owner);
            lock(tx, permit, Action.UPDATE);
            UserSecretRecord before = find(tx, permit, Action.UPDATE, name);
            UserSecretRecord after = changed(before, change);
            requireValid(after, change.value(), "");
            var others = new ArrayList<>(secrets.list(tx, permit, Action.UPDATE));
            others.removeIf(other -> other.id().equals(before.id()));
            requireFree(others, after);
            others.add(after);
            requireRoom(others);
            requireNoNulInVariable(before, after, change);
            secrets.update(tx, permit, after);
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    /** A value that was for a file only may hold what a variable cannot. */
    private void requireNoNulInVariable(UserSecretRecord before, UserSecretRecord after, Change change) {
        if (change.value() == null
                && before.envName().isEmpty()
                && !after.envName().isEmpty()) {
            requireValid(after, value(before), "");
        }
    }

    private UserSecretRecord changed(UserSecretRecord before, Change change) {
        return new UserSecretRecord(
                before.id(),
                before.user(),
                before.name(),
                change.description() == null ? before.description() : change.description(),
                change.envName() == null ? before.envName() : change.envName(),
                change.filePath() == null ? before.filePath() : change.filePath(),
                change.enabled() == null ? before.enabled() : change.enabled(),
                change.value() == null ? before.encryptedValue() : encrypted(before.id(), change.value()),
                change.value() == null ? before.valueBytes() : size(change.value()),
                before.createdAt(),
                clock.instant());
    }

    void delete(Caller caller, UserId owner, String name) {
        transactions.change(caller, tx -> {
            var permit = permit(caller, Action.DELETE, owner);
            UserSecretRecord before = find(tx, permit, Action.DELETE, name);
            secrets.delete(tx, permit, before);
            return Changed.to(before, AuditEvent.deleted(before));
        });
    }

    private Secret value(UserSecretRecord secret) {
        byte[] stored = Base64.getDecoder().decode(secret.encryptedValue().reveal());
        return cipher.decryptText(UserSecretRepository.VALUE.at(secret.id()), stored);
    }

    /** What the agent of a workspace puts into it. One that cannot be read does not keep the workspace from starting. */
    public List<WorkspaceSecret> ofOwner(ReadTx tx, Permit<WorkspaceAgentId> permit) {
        var given = new ArrayList<WorkspaceSecret>();
        for (UserSecretRecord secret : secrets.enabledOfOwner(tx, permit)) {
            try {
                given.add(WorkspaceSecret.newBuilder()
                        .setEnvName(secret.envName())
                        .setFilePath(secret.filePath())
                        .setValue(ByteString.copyFromUtf8(value(secret).reveal()))
                        .build());
            } catch (SecretCipher.UnreadableException e) {
                LOG.error("the secret {} of user {} is not given: {}", secret.id(), secret.user(), e.getMessage());
            }
        }
        return given;
    }
}
