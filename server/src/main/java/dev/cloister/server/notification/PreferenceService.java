package dev.cloister.server.notification;

import dev.cloister.contract.api.NotificationPreference;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.OwnedPermit;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** What people choose to be told of. */
final class PreferenceService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final PreferenceRepository preferences;
    private final Clock clock;

    PreferenceService(Transactions transactions, Authorizer authorizer, PreferenceRepository preferences, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.preferences = preferences;
        this.clock = clock;
    }

    private OwnedPermit permit(Caller caller, Action action, UUID person) {
        return authorizer.requireOwned(caller, action, ResourceType.NOTIFICATION_PREFERENCE, null, person);
    }

    List<NotificationPreference> list(Caller caller, UUID person) {
        var permit = permit(caller, Action.READ, person);
        return transactions.read(tx -> {
            var unused = username(tx, permit, Action.READ);
            return preferences.list(tx, permit, Action.READ);
        });
    }

    private String username(ReadTx tx, OwnedPermit permit, Action use) {
        return preferences.username(tx, permit, use).orElseThrow(Failure.NotFound::new);
    }

    /** @param wanted looked at only where the caller may change it, since it may be refused */
    List<NotificationPreference> update(Caller caller, UUID person, Supplier<Map<Occasion, Boolean>> wanted) {
        var permit = permit(caller, Action.UPDATE, person);
        return transactions.change(caller, tx -> {
            String username = username(tx, permit, Action.UPDATE);
            Map<Occasion, Boolean> changes = wanted.get();
            var before = new Preferences(person, username, chosen(preferences.list(tx, permit, Action.UPDATE)));
            var after = before.with(changes);
            if (after.equals(before)) {
                return Changed.unaudited(preferences.list(tx, permit, Action.UPDATE), Unaudited.NO_CHANGE);
            }
            changes.forEach((occasion, off) -> preferences.put(tx, permit, occasion, off, clock.instant()));
            return Changed.to(preferences.list(tx, permit, Action.UPDATE), AuditEvent.updated(before, after));
        });
    }

    private static Map<String, Boolean> chosen(List<NotificationPreference> list) {
        var chosen = new TreeMap<String, Boolean>();
        list.forEach(one -> Occasion.of(one.id()).ifPresent(known -> chosen.put(known.title(), one.disabled())));
        return chosen;
    }
}
