package dev.cloister.server.template;

import dev.cloister.contract.api.InvalidatedPreset;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import java.util.List;

/** The switch for prepared workspaces. No pool of them exists yet, so that there is nothing else to do. */
final class PrebuildService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateRepository templates;
    private final PrebuildRepository settings;

    PrebuildService(
            Transactions transactions,
            Authorizer authorizer,
            TemplateRepository templates,
            PrebuildRepository settings) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.templates = templates;
        this.settings = settings;
    }

    PrebuildsSwitch get() {
        return transactions.read(settings::get);
    }

    /** Sets the switch; false where it stood so already. */
    boolean set(Caller caller, boolean paused) {
        authorizer.requireOnType(caller, Action.UPDATE, ResourceType.DEPLOYMENT_CONFIG, null);
        return transactions.change(caller, tx -> {
            PrebuildsSwitch before = settings.lock(tx);
            var after = new PrebuildsSwitch(paused);
            if (before.equals(after)) {
                return Changed.unaudited(false, Unaudited.NO_CHANGE);
            }
            settings.update(tx, after);
            return Changed.to(true, AuditEvent.updated(before, after));
        });
    }

    /** The presets of a template whose prepared workspaces were invalidated: none, because there are none. */
    List<InvalidatedPreset> invalidate(Caller caller, TemplateId id) {
        return transactions.read(tx -> {
            templates.get(tx, authorizer.require(tx, caller, Action.UPDATE, id));
            return List.of();
        });
    }
}
