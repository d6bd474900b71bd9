package dev.cloister.server.identity;

import dev.cloister.contract.api.EffectivePermission;
import dev.cloister.contract.api.EffectivePermissionSource;
import dev.cloister.contract.api.EffectivePermissions;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Assignments;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.DeploymentRules;
import dev.cloister.server.access.Explanation;
import dev.cloister.server.access.ResourceFacts;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rights of a person explained. Everybody may ask about themselves; about others those who change accounts or read
 * the audit log may, and administrators of an organization as far as their organization goes.
 */
final class EffectivePermissionService {
    private final Transactions transactions;
    private final Authorizer authorizer;
    private final AssignmentRepository assignments;
    private final GrantRepository grants = new GrantRepository();

    EffectivePermissionService(Transactions transactions, Authorizer authorizer, DeploymentRules rules) {
        this.assignments = new AssignmentRepository(rules);
        this.transactions = transactions;
        this.authorizer = authorizer;
    }

    /** @param type only rights on things of this type, empty for all */
    EffectivePermissions explain(Caller.User caller, UserId id, Optional<ResourceType> type) {
        return transactions.read(tx -> {
            var permit = authorizer.require(tx, caller, Action.READ, id);
            var person = assignments.person(tx, permit).orElseThrow(Failure.NotFound::new);
            Predicate<@Nullable UUID> shown = shown(caller, id, person.assignments());
            List<EffectivePermission> rights = Explanation.of(person.assignments()).stream()
                    .filter(right -> shown.test(right.organization()))
                    .filter(right -> type.isEmpty() || type.get() == right.type())
                    .map(EffectivePermissionService::view)
                    .toList();
            return new EffectivePermissions(
                    id.value(),
                    person.assignments().username(),
                    person.active(),
                    rights,
                    grants.of(tx, permit, person.assignments(), authorizer, caller).stream()
                            .filter(grant -> shown.test(grant.organizationId()))
                            .filter(grant ->
                                    type.isEmpty() || type.get().wireName().equals(grant.resourceType()))
                            .toList());
        });
    }

    /** Which places the caller may know about; null is the site. */
    private static Predicate<@Nullable UUID> shown(Caller.User caller, UserId id, Assignments person) {
        boolean all = caller.subject().id().equals(id.value())
                || caller.may(Action.UPDATE, ResourceFacts.of(ResourceType.USER, id.value(), null, id.value()))
                || caller.may(Action.READ, ResourceFacts.of(ResourceType.AUDIT_LOG, null, null, null));
        if (all) {
            return place -> true;
        }
        Predicate<@Nullable UUID> mine = place -> place != null
                && caller.may(Action.ASSIGN, ResourceFacts.of(ResourceType.ASSIGN_ORG_ROLE, null, place, null));
        if (person.organizations().keySet().stream().noneMatch(mine)) {
            throw new Failure.Forbidden();
        }
        return mine;
    }

    private static EffectivePermission view(Explanation.Right right) {
        return new EffectivePermission(
                right.level().name().toLowerCase(Locale.ROOT),
                right.organization() == null ? "" : right.organization().toString(),
                right.type().wireName(),
                names(right.allowed()),
                right.sources().stream().map(EffectivePermissionService::view).toList());
    }

    private static EffectivePermissionSource view(Explanation.Source source) {
        return new EffectivePermissionSource(
                source.builtIn() ? "built_in_role" : "custom_role",
                source.name(),
                source.organization() == null ? "" : source.organization().toString(),
                source.implicit(),
                names(source.allows()),
                names(source.denies()));
    }

    private static List<String> names(Set<Action> actions) {
        return actions.stream().map(Action::wireName).toList();
    }
}
