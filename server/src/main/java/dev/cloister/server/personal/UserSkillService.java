package dev.cloister.server.personal;

import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.identity.UserId;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.sql.SqlStates;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** People's skills: documents that they alone see. */
public final class UserSkillService {
    private static final int MOST = 100;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserSkillRepository skills;
    private final Clock clock;

    public UserSkillService(Transactions transactions, Authorizer authorizer, UserSkillRepository skills, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.skills = skills;
        this.clock = clock;
    }

    private OwnedPermit permit(Caller caller, Action action, UserId owner) {
        return authorizer.requireOwned(caller, action, ResourceType.USER_SKILL, null, owner.value());
    }

    /** Refuses whoever may not create before it is looked at what they sent. */
    void requireMayCreate(Caller caller, UserId owner) {
        permit(caller, Action.CREATE, owner);
    }

    List<UserSkillRecord> list(Caller caller, UserId owner) {
        return transactions.read(tx -> skills.list(tx, permit(caller, Action.READ, owner)));
    }

    UserSkillRecord get(Caller caller, UserId owner, String name) {
        return transactions.read(tx -> find(tx, permit(caller, Action.READ, owner), Action.READ, name));
    }

    private UserSkillRecord find(ReadTx tx, OwnedPermit permit, Action use, String name) {
        return skills.find(tx, permit, use, name).orElseThrow(Failure.NotFound::new);
    }

    UserSkillRecord create(Caller caller, UserId owner, Supplier<SkillDocument> document) {
        return takingNames(() -> transactions.change(caller, tx -> {
            var permit = permit(caller, Action.CREATE, owner);
            SkillDocument wanted = document.get();
            int count = skills.countLocked(tx, permit);
            if (count < 0) {
                throw new Failure.NotFound();
            }
            if (count >= MOST) {
                throw new Failure.Invalid("A person has at most " + MOST + " skills.");
            }
            var now = clock.instant();
            var skill = new UserSkillRecord(
                    UUID.randomUUID(), owner, wanted.name(), wanted.description(), wanted.content(), now, now);
            skills.insert(tx, permit, skill);
            return Changed.to(skill, AuditEvent.created(skill));
        }));
    }

    UserSkillRecord update(Caller caller, UserId owner, String name, Supplier<SkillDocument> document) {
        return takingNames(() -> transactions.change(caller, tx -> {
            var permit = permit(caller, Action.UPDATE, owner);
            UserSkillRecord before = find(tx, permit, Action.UPDATE, name);
            SkillDocument wanted = document.get();
            var after = new UserSkillRecord(
                    before.id(),
                    owner,
                    wanted.name(),
                    wanted.description(),
                    wanted.content(),
                    before.createdAt(),
                    clock.instant());
            skills.update(tx, permit, after);
            return Changed.to(after, AuditEvent.updated(before, after));
        }));
    }

    void delete(Caller caller, UserId owner, String name) {
        transactions.change(caller, tx -> {
            var permit = permit(caller, Action.DELETE, owner);
            UserSkillRecord before = find(tx, permit, Action.DELETE, name);
            skills.delete(tx, permit, before);
            return Changed.to(before, AuditEvent.deleted(before));
        });
    }

    private static <T> T takingNames(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new Failure.Conflict(
                        "A skill with this name already exists.",
                        List.of(new ValidationError("content", "Its name is taken.")));
            }
            throw e;
        }
    }
}
