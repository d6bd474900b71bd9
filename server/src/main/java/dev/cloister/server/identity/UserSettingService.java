package dev.cloister.server.identity;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import java.util.Map;
import java.util.function.Supplier;

/** People's own settings of the dashboard. */
public final class UserSettingService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final UserRepository users;
    private final UserSettingRepository settings;

    public UserSettingService(
            Transactions transactions, Authorizer authorizer, UserRepository users, UserSettingRepository settings) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.users = users;
        this.settings = settings;
    }

    UserSettings get(Caller caller, UserId id) {
        return transactions.read(tx -> {
            var permit = authorizer.require(tx, caller, Action.READ_PERSONAL, id);
            return new UserSettings(
                    id, users.get(tx, permit).username(), settings.all(tx, permit, Action.READ_PERSONAL));
        });
    }

    /** @param changes looked at only where the caller may change them, since they may be refused */
    UserSettings update(Caller caller, UserId id, Supplier<Map<String, String>> changes) {
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE_PERSONAL, id);
            Account person = UserService.requireOverPerson(caller, users.get(tx, permit));
            var before = new UserSettings(id, person.username(), settings.all(tx, permit, Action.UPDATE_PERSONAL));
            Map<String, String> wanted = changes.get();
            var after = before.with(wanted);
            if (after.equals(before)) {
                return Changed.unaudited(after, Unaudited.NO_CHANGE);
            }
            wanted.forEach((key, value) -> settings.put(tx, permit, key, value));
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }
}
