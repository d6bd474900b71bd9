package dev.cloister.server.identity;

import dev.cloister.contract.Secret;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.organization.MembershipService;
import dev.cloister.server.organization.OrganizationId;
import dev.cloister.server.platform.Failure;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;

/**
 * Creates the first administrator, once. Whoever does it owns everything, so it needs the token of the link that the
 * server printed, except where only this machine can reach the server at all.
 */
public final class FirstSetup {
    private final Transactions transactions;
    private final UserRepository users;
    private final UserCreation creation;
    private final MembershipService memberships;
    private final Passwords passwords;
    private final Secret token;
    private final boolean tokenRequired;
    private final AfterSetup afterwards;

    /** What the server does for a deployment that has just got its first administrator. */
    @FunctionalInterface
    public interface AfterSetup {
        void run(UUID administrator, UUID organization);
    }

    public FirstSetup(
            Transactions transactions,
            UserRepository users,
            UserCreation creation,
            MembershipService memberships,
            Passwords passwords,
            Secret token,
            boolean tokenRequired,
            AfterSetup afterwards) {
        this.transactions = transactions;
        this.users = users;
        this.creation = creation;
        this.memberships = memberships;
        this.passwords = passwords;
        this.token = token;
        this.tokenRequired = tokenRequired;
        this.afterwards = afterwards;
    }

    /** Whether somebody has set this deployment up already. */
    public boolean isDone() {
        return transactions.read(users::any);
    }

    /** The ids of what was created. */
    record Created(UserId user, OrganizationId organization) {}

    Created create(Caller caller, NewUser wanted, Optional<Secret> given, boolean localHostName) {
        if (isDone()) {
            throw new Failure.Conflict("The initial user has already been created.");
        }
        requireToken(given, localHostName);
        Secret password = UserCreation.requireValid(wanted);
        Secret hash = passwords.hash(password);
        Created created = transactions.change(caller, tx -> {
            users.lockForFirst(tx);
            if (users.any(tx)) {
                throw new Failure.Conflict("The initial user has already been created.");
            }
            Account account = users.createFirst(tx, creation.newAccount(wanted, wanted.roles(), hash));
            var organization = new OrganizationId(UUID.randomUUID());
            var events = new ArrayList<AuditEvent>();
            events.add(AuditEvent.created(account).by(account.id().value()));
            memberships
                    .createFirst(tx, organization, account.id().value(), account.username())
                    .forEach(event -> events.add(event.by(account.id().value())));
            return Changed.to(new Created(account.id(), organization), events);
        });
        afterwards.run(created.user().value(), created.organization().value());
        return created;
    }

    /**
     * A page of a foreign name that resolves to this machine (DNS rebinding) reaches a loopback server too; it is told
     * from a person at this machine by the host name it uses.
     */
    private void requireToken(Optional<Secret> given, boolean localHostName) {
        boolean free = !tokenRequired && localHostName;
        if (given.isPresent() ? !token.equals(given.get()) : !free) {
            throw new Failure.Forbidden(
                    "Creating the first user needs the set-up link that the server printed when it started.");
        }
    }
}
