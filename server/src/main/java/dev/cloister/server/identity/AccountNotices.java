package dev.cloister.server.identity;

import dev.cloister.contract.api.UserStatus;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.notification.Audience;
import dev.cloister.server.notification.Notice;
import dev.cloister.server.notification.Notices;
import dev.cloister.server.notification.Occasion;

/** What people are told of accounts: those who administer them, and whose they are. */
final class AccountNotices {
    private final Notices notices;

    AccountNotices(Notices notices) {
        this.notices = notices;
    }

    void created(WriteTx tx, Caller caller, Account account) {
        tellAdministrators(tx, caller, Occasion.USER_CREATED, account);
    }

    void deleted(WriteTx tx, Caller caller, Account account) {
        tellAdministrators(tx, caller, Occasion.USER_DELETED, account);
    }

    /** Suspended, or active after that; waking up by use is no news. */
    void statusChanged(WriteTx tx, Caller caller, Account before, Account after) {
        if (before.status() == after.status()) {
            return;
        }
        if (after.status() == UserStatus.SUSPENDED) {
            tellAdministrators(tx, caller, Occasion.USER_SUSPENDED, after);
            notices.post(
                    tx, Audience.person(after.id().value()), notice(caller, Occasion.YOUR_ACCOUNT_SUSPENDED, after));
        } else if (before.status() == UserStatus.SUSPENDED) {
            tellAdministrators(tx, caller, Occasion.USER_ACTIVATED, after);
            notices.post(
                    tx, Audience.person(after.id().value()), notice(caller, Occasion.YOUR_ACCOUNT_ACTIVATED, after));
        }
    }

    private void tellAdministrators(WriteTx tx, Caller caller, Occasion occasion, Account account) {
        notices.post(tx, new Audience.UserAdministrators(account.id().value()), notice(caller, occasion, account));
    }

    private static Notice notice(Caller caller, Occasion occasion, Account account) {
        return Notice.of(occasion, Notices.nameOf(caller), account.id().value())
                .with("initiator", Notices.nameOf(caller))
                .with("username", account.username())
                .with("name", account.name());
    }
}
