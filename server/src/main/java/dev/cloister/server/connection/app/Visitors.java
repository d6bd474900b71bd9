package dev.cloister.server.connection.app;

import dev.cloister.contract.api.WorkspaceAppSharingLevel;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.Optional;

/** Decides who may visit which app. */
public final class Visitors {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final AppRepository apps;

    public Visitors(Transactions transactions, Authorizer authorizer, AppRepository apps) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.apps = apps;
    }

    /** The app, if there is one and this caller may visit it. The two are not told apart. */
    Optional<AppFacts> admit(AppName name, Caller caller) {
        return transactions.read(tx -> apps.find(tx, name).filter(app -> mayVisit(tx, app, caller)));
    }

    private boolean mayVisit(ReadTx tx, AppFacts app, Caller caller) {
        if (app.sharing() == WorkspaceAppSharingLevel.PUBLIC) {
            return true;
        }
        if (!(caller instanceof Caller.User user)) {
            return false;
        }
        if (authorizer
                .check(tx, user, Action.APPLICATION_CONNECT, app.target().id())
                .isPresent()) {
            return true;
        }
        return switch (app.sharing()) {
            case OWNER, PUBLIC -> false;
            case AUTHENTICATED -> mayVisitShared(user);
            case ORGANIZATION ->
                mayVisitShared(user) && user.subject().isMemberOf(app.target().organization());
        };
    }

    /** A token for a few things or a few workspaces is not for what others share. */
    private static boolean mayVisitShared(Caller.User user) {
        return user.subject().scope().allowed().isEverything()
                && Authorizer.mayEver(user, Action.APPLICATION_CONNECT, ResourceType.WORKSPACE);
    }
}
