package dev.cloister.server.identity;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.Permit;
import dev.cloister.server.access.ResourceId;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.sql.ReadTx;

/** People as other features need them. */
public final class People {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserRepository users;
    private final UserResolver resolver;

    People(Transactions transactions, Authorizer authorizer, UserRepository users, UserResolver resolver) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.users = users;
        this.resolver = resolver;
    }

    /** The person that {@code {user}} of the path names; no permit yet. */
    public UserId named(Request request) {
        return transactions.read(tx -> resolver.resolve(tx, request.caller(), request.path("user")));
    }

    /** A permit on a person; on an owner only for the owner and for other owners. */
    public Permit<UserId> requireOver(ReadTx tx, Caller caller, Action action, UserId id) {
        var permit = authorizer.require(tx, caller, action, id);
        UserService.requireOverPerson(caller, users.get(tx, permit));
        return permit;
    }

    /**
     * Fails where the owner of a thing is suspended or deleted: then nothing of theirs is handed out on the authority of
     * the thing.
     */
    public void requireMaySignIn(ReadTx tx, Permit<? extends ResourceId> permit) {
        if (!users.ownerMaySignIn(tx, permit)) {
            throw new Failure.NotFound();
        }
    }
}
