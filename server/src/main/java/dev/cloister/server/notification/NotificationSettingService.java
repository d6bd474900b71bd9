package dev.cloister.server.notification;

import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What the deployment decides: whether sending rests, and by which method each kind is sent. */
final class NotificationSettingService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final NotificationSettingRepository settings;

    NotificationSettingService(
            Transactions transactions, Authorizer authorizer, NotificationSettingRepository settings) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.settings = settings;
    }

    boolean isPaused() {
        return transactions.read(settings::get).notifierPaused();
    }

    /** Has sending rest or go on, and says which; empty where it did already. */
    Optional<NotificationsSwitch> pause(Caller caller, Supplier<Boolean> wanted) {
        return transactions.change(caller, tx -> {
            authorizer.requireOnType(caller, Action.UPDATE, ResourceType.DEPLOYMENT_CONFIG, null);
            var after = new NotificationsSwitch(wanted.get());
            NotificationsSwitch before = settings.lock(tx);
            if (before.equals(after)) {
                return Changed.unaudited(Optional.empty(), Unaudited.NO_CHANGE);
            }
            settings.put(tx, after);
            if (!after.notifierPaused()) {
                tx.announce(Topics.NOTIFICATION_WAITING, "resumed");
            }
            return Changed.to(Optional.of(after), AuditEvent.updated(before, after));
        });
    }

    /** Methods by template, where they are not that of the deployment. */
    Map<UUID, String> methods() {
        return transactions.read(settings::methods);
    }

    /**
     * Sets the method of a template; false where it was that already.
     *
     * @param wanted empty for the method of the deployment
     */
    boolean setMethod(Caller caller, UUID template, Supplier<String> wanted) {
        return transactions.change(caller, tx -> {
            authorizer.requireOnType(caller, Action.UPDATE, ResourceType.NOTIFICATION_TEMPLATE, null);
            Occasion occasion = Occasion.of(template).orElseThrow(Failure.NotFound::new);
            String before = settings.methods(tx).getOrDefault(template, "");
            String after = wanted.get();
            if (before.equals(after)) {
                return Changed.unaudited(false, Unaudited.NO_CHANGE);
            }
            var changed = new TemplateMethod(template, occasion.title(), after);
            settings.putMethod(tx, changed);
            return Changed.to(
                    true, AuditEvent.updated(new TemplateMethod(template, occasion.title(), before), changed));
        });
    }
}
