package dev.cloister.server.identity;

import dev.cloister.contract.api.AuthorizationCheck;
import dev.cloister.contract.api.AuthorizationObject;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceFacts;
import dev.cloister.server.access.ResourceId;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** "May I?", asked by the dashboard so that its buttons match what the server would allow. */
public final class AccessChecks {
    private static final int MOST = 500;
    /** Types of which a single thing can be asked about by its id. */
    private static final Set<ResourceType> WITH_ROWS = Set.of(
            ResourceType.WORKSPACE,
            ResourceType.TEMPLATE,
            ResourceType.USER,
            ResourceType.GROUP,
            ResourceType.ORGANIZATION,
            ResourceType.FILE);

    private final Transactions transactions;
    private final Authorizer authorizer;

    public AccessChecks(Transactions transactions, Authorizer authorizer) {
        this.transactions = transactions;
        this.authorizer = authorizer;
    }

    private record AnyId(ResourceType type, UUID value) implements ResourceId {}

    /** The answer to each check. A type, an action or a thing that does not exist is answered with no. */
    Map<String, Boolean> answers(Caller.User caller, Map<String, AuthorizationCheck> checks) {
        if (checks.size() > MOST) {
            throw new Failure.Invalid("Validation failed.", "checks", "At most " + MOST + " checks at once.");
        }
        checks.forEach(AccessChecks::requireValid);
        return transactions.read(tx -> {
            Map<String, Boolean> answers = new LinkedHashMap<>();
            checks.forEach((name, check) -> answers.put(name, answer(tx, caller, check)));
            return answers;
        });
    }

    private static void requireValid(String name, AuthorizationCheck check) {
        AuthorizationObject object = check.object();
        if (object.resourceType().isEmpty()) {
            throw invalid(name, "resource_type", "Must be given.");
        }
        if (object.anyOrg() && !object.organizationId().isEmpty()) {
            throw invalid(name, "any_org", "Cannot be set together with organization_id.");
        }
        boolean self = object.ownerId().equals("me");
        requireId(name, "owner_id", self ? "" : object.ownerId());
        requireId(name, "organization_id", object.organizationId());
        requireId(name, "resource_id", object.resourceId());
        Optional<ResourceType> type = ResourceType.parse(object.resourceType());
        if (!object.resourceId().isEmpty() && type.isPresent() && !WITH_ROWS.contains(type.get())) {
            throw invalid(name, "resource_id", "Cannot be asked about for this type.");
        }
    }

    private static void requireId(String name, String field, String text) {
        if (!text.isEmpty() && Request.parseId(text).isEmpty()) {
            throw invalid(name, field, "Must be a UUID.");
        }
    }

    private static Failure invalid(String name, String field, String problem) {
        String shown = name.length() <= 64 ? name : name.substring(0, 64) + "…";
        return new Failure.Invalid(
                "Validation failed.",
                "",
                List.of(new ValidationError("checks." + shown + ".object." + field, problem)));
    }

    private boolean answer(ReadTx tx, Caller.User caller, AuthorizationCheck check) {
        AuthorizationObject object = check.object();
        Optional<ResourceType> type = ResourceType.parse(object.resourceType());
        Optional<Action> action = Action.parse(check.action());
        if (type.isEmpty() || action.isEmpty()) {
            return false;
        }
        if (!object.resourceId().isEmpty()) {
            var id = new AnyId(type.get(), UUID.fromString(object.resourceId()));
            return authorizer.check(tx, caller, action.get(), id).isPresent();
        }
        UUID owner = object.ownerId().equals("me") ? caller.subject().id() : id(object.ownerId());
        return object.anyOrg()
                ? Authorizer.mayInAny(caller, action.get(), type.get(), owner)
                : caller.may(action.get(), ResourceFacts.of(type.get(), null, id(object.organizationId()), owner));
    }

    private static @Nullable UUID id(String text) {
        return Request.parseId(text).orElse(null);
    }
}
