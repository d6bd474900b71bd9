package dev.cloister.server.identity;

import dev.cloister.contract.api.AuthorizationObject;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceFacts;
import dev.cloister.server.access.ResourceId;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.http.Request;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** "May I?", asked by the dashboard so that its buttons match what the server would allow. */
public final class AccessChecks {
    private static final Set<ResourceType> WITH_ROWS = Set.of(
            ResourceType.WORKSPACE,
            ResourceType.TEMPLATE,
            ResourceType.USER,
            ResourceType.ORGANIZATION,
            ResourceType.FILE);

    private final Transactions transactions;
    private final Authorizer authorizer;

    public AccessChecks(Transactions transactions, Authorizer authorizer) {
        this.transactions = transactions;
        this.authorizer = authorizer;
    }

    private record AnyId(ResourceType type, UUID value) implements ResourceId {}

    boolean check(Caller.User caller, Action action, ResourceType type, AuthorizationObject object) {
        Optional<UUID> id = Request.parseId(object.resourceId());
        if (id.isPresent() && WITH_ROWS.contains(type)) {
            return transactions.read(tx -> authorizer
                    .check(tx, caller, action, new AnyId(type, id.get()))
                    .isPresent());
        }
        if (object.anyOrg()) {
            return Authorizer.mayEver(caller, action, type);
        }
        UUID owner = object.ownerId().equals("me")
                ? caller.subject().id()
                : Request.parseId(object.ownerId()).orElse(null);
        return caller.may(action, facts(type, object.organizationId(), owner));
    }

    private static ResourceFacts facts(ResourceType type, String organization, @Nullable UUID owner) {
        return ResourceFacts.of(type, null, Request.parseId(organization).orElse(null), owner);
    }
}
