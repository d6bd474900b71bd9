package dev.cloister.server.template;

import dev.cloister.contract.api.ACLAvailable;
import dev.cloister.contract.api.TemplateACL;
import dev.cloister.contract.api.TemplateRole;
import dev.cloister.contract.api.UpdateTemplateACL;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.Unaudited;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Who was given what on a template: shown to who may change it, changed by who might have made it. */
final class AclService {
    private static final int MAX_CHANGES = 500;
    private static final int MAX_GRANTS = 2000;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateRepository templates;
    private final AclRepository grants;
    private final Clock clock;

    AclService(
            Transactions transactions,
            Authorizer authorizer,
            TemplateRepository templates,
            AclRepository grants,
            Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.templates = templates;
        this.grants = grants;
        this.clock = clock;
    }

    TemplateACL get(Caller caller, TemplateId id) {
        return transactions.read(tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            Template template = templates.get(tx, permit);
            var groups = template.groupAcl();
            return new TemplateACL(
                    grants.users(tx, permit, template.userAcl()),
                    grants.groups(tx, permit, groups.keySet()).stream()
                            .map(group ->
                                    AclRow.with(group, TemplateRoles.of(groups.getOrDefault(group.id(), List.of()))))
                            .toList());
        });
    }

    ACLAvailable available(Caller caller, TemplateId id, AclRepository.Search search) {
        return transactions.read(tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            return new ACLAvailable(
                    grants.availableUsers(tx, permit, search),
                    grants.groups(tx, permit, grants.availableGroups(tx, permit, search)));
        });
    }

    /**
     * Gives and takes back. What is given to people and groups of other organizations would be worth nothing, and is
     * refused; what somebody has can be taken back whoever they are.
     */
    void update(Caller caller, TemplateId id, UpdateTemplateACL request) {
        transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.UPDATE, id);
            authorizer.require(tx, caller, Action.CREATE, id);
            Template before = templates.lock(tx, permit);
            requireValid(tx, before, request);
            Template after = before.withGrants(
                    changed(before.userAcl(), request.userPerms()),
                    changed(before.groupAcl(), request.groupPerms()),
                    clock.instant());
            if (after.userAcl().equals(before.userAcl()) && after.groupAcl().equals(before.groupAcl())) {
                return Changed.unaudited(before, Unaudited.NO_CHANGE);
            }
            if (after.userAcl().size() + after.groupAcl().size() > MAX_GRANTS) {
                throw new Failure.Invalid(
                        "A template cannot be given to more than " + MAX_GRANTS + " people and groups.");
            }
            templates.update(tx, permit, after);
            return Changed.to(after, AuditEvent.updated(before, after));
        });
    }

    private void requireValid(ReadTx tx, Template template, UpdateTemplateACL request) {
        if (request.userPerms().size() + request.groupPerms().size() > MAX_CHANGES) {
            throw new Failure.Invalid("Validation failed.", "user_perms", "Are more than " + MAX_CHANGES + " changes.");
        }
        var problems = new ArrayList<ValidationError>();
        UUID organization = template.organizationId();
        Set<UUID> people = given(request.userPerms());
        unknown(people, grants.membersAmong(tx, organization, people))
                .forEach(id ->
                        problems.add(new ValidationError("user_perms." + id, "Is no member of the organization.")));
        Set<UUID> groups = given(request.groupPerms());
        unknown(groups, grants.groupsAmong(tx, organization, groups))
                .forEach(id ->
                        problems.add(new ValidationError("group_perms." + id, "Is no group of the organization.")));
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", problems);
        }
    }

    private static Set<UUID> given(Map<UUID, TemplateRole> roles) {
        return roles.entrySet().stream()
                .filter(entry -> entry.getValue() != TemplateRole.NONE)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static List<UUID> unknown(Collection<UUID> all, Set<UUID> known) {
        return all.stream().filter(id -> !known.contains(id)).sorted().toList();
    }

    private static Map<UUID, List<String>> changed(Map<UUID, List<String>> before, Map<UUID, TemplateRole> roles) {
        var after = new HashMap<>(before);
        roles.forEach((id, role) -> {
            if (role == TemplateRole.NONE) {
                after.remove(id);
            } else {
                after.put(id, TemplateRoles.actions(role));
            }
        });
        return after;
    }
}
