package dev.cloister.server.organization;

import dev.cloister.contract.api.CreateGroupRequest;
import dev.cloister.contract.api.Group;
import dev.cloister.contract.api.GroupMembersResponse;
import dev.cloister.contract.api.GroupSource;
import dev.cloister.contract.api.PatchGroupRequest;
import dev.cloister.contract.api.ReducedUser;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Visibility;
import dev.cloister.server.audit.AuditEvent;
import dev.cloister.server.audit.Changed;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.audit.WriteTx;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.platform.sql.SqlStates;
import dev.cloister.server.platform.sql.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Groups of organizations: what is given to a group, each of its members has, from the moment they are in it. */
final class GroupService {
    private static final int MOST_IN_A_REQUEST = 1000;
    private static final int MOST_QUOTA = 1_000_000_000;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final GroupRepository groups = new GroupRepository();
    private final GroupMemberRepository members = new GroupMemberRepository();
    private final Clock clock;

    GroupService(Transactions transactions, Authorizer authorizer, Clock clock) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.clock = clock;
    }

    List<Group> list(Caller caller, GroupRepository.Filter filter) {
        var visibility = authorizer.visible(caller, ResourceType.GROUP, GroupRepository.columns());
        return transactions.read(tx -> views(
                tx, caller, groups.list(tx, visibility, visibleMembers(caller).named("people"), filter), true));
    }

    /** The groups of an organization that the caller can see at all. */
    List<Group> listIn(Caller caller, OrganizationId id) {
        transactions.read(tx -> authorizer.require(tx, caller, Action.READ, id));
        return list(caller, GroupRepository.Filter.of(id));
    }

    Group get(Caller caller, GroupId id, boolean withMembers) {
        return transactions.read(tx ->
                view(tx, caller, groups.get(tx, authorizer.require(tx, caller, Action.READ, id)), withMembers));
    }

    /** The id of the group of a name in an organization that the caller can see. */
    GroupId find(Caller caller, OrganizationId organization, String name) {
        return transactions.read(tx -> groups.idOf(tx, authorizer.require(tx, caller, Action.READ, organization), name)
                .orElseThrow(Failure.NotFound::new));
    }

    GroupMembersResponse members(Caller caller, GroupId id, MemberFilter filter, MemberPageFilter page) {
        return transactions.read(tx -> {
            var permit = authorizer.require(tx, caller, Action.READ, id);
            Visibility visibility = visibleMembers(caller);
            return new GroupMembersResponse(
                    members.page(tx, permit, visibility, filter, page), members.count(tx, permit, visibility, filter));
        });
    }

    private Visibility visibleMembers(Caller caller) {
        return authorizer.visible(caller, ResourceType.GROUP_MEMBER, GroupMemberRepository.columns());
    }

    private Group view(ReadTx tx, Caller caller, GroupRecord group, boolean withMembers) {
        return views(tx, caller, List.of(group), withMembers).getFirst();
    }

    private List<Group> views(ReadTx tx, Caller caller, List<GroupRecord> found, boolean withMembers) {
        List<UUID> ids = found.stream().map(group -> group.id().value()).toList();
        Map<UUID, List<ReducedUser>> people =
                withMembers && !ids.isEmpty() ? members.ofAll(tx, visibleMembers(caller), ids) : Map.of();
        Map<UUID, Integer> counts = ids.isEmpty() ? Map.of() : members.counts(tx, ids);
        return found.stream()
                .map(group -> new Group(
                        group.id().value(),
                        group.name(),
                        group.displayName(),
                        group.organizationId().value(),
                        people.getOrDefault(group.id().value(), List.of()),
                        counts.getOrDefault(group.id().value(), 0),
                        group.avatarUrl(),
                        group.quotaAllowance(),
                        group.source(),
                        group.organizationName(),
                        group.organizationDisplayName()))
                .toList();
    }

    Group create(Caller caller, OrganizationId organization, CreateGroupRequest wanted) {
        return takingNames(
                wanted.name(),
                () -> transactions.change(caller, tx -> {
                    authorizer.require(tx, caller, Action.READ, organization);
                    var permit = authorizer.requireCreate(caller, ResourceType.GROUP, organization.value(), null);
                    var group = new GroupRecord(
                            new GroupId(UUID.randomUUID()),
                            organization,
                            wanted.name(),
                            wanted.displayName(),
                            wanted.avatarUrl(),
                            wanted.quotaAllowance(),
                            List.of(),
                            GroupSource.USER,
                            "",
                            "");
                    requireValid(group, true);
                    groups.insert(tx, permit, group, clock.instant());
                    var stored = groups.created(tx, permit, group.id());
                    return Changed.to(view(tx, caller, stored, true), AuditEvent.created(group));
                }));
    }

    private static void requireValid(GroupRecord group, boolean named) {
        var problems = new ArrayList<ValidationError>();
        if (named) {
            OrganizationNames.group(group.name(), problems);
        }
        OrganizationNames.displayName(group.displayName(), problems);
        OrganizationNames.picture("avatar_url", group.avatarUrl(), problems);
        if (group.quotaAllowance() < 0 || group.quotaAllowance() > MOST_QUOTA) {
            problems.add(new ValidationError("quota_allowance", "Must be from 0 to " + MOST_QUOTA + "."));
        }
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Validation failed.", "", problems);
        }
    }

    private static <T> T takingNames(String name, Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (SqlStates.isUniqueViolation(e)) {
                throw new Failure.Conflict(
                        "A group named \"" + name + "\" already exists.",
                        List.of(new ValidationError("name", "This name is already in use.")));
            }
            throw e;
        }
    }

    Group update(Caller caller, GroupId id, PatchGroupRequest wanted) {
        return takingNames(
                wanted.name(),
                () -> transactions.change(caller, tx -> {
                    var permit = authorizer.require(tx, caller, Action.UPDATE, id);
                    GroupRecord stored = groups.hold(tx, permit, Action.UPDATE);
                    Set<UUID> add = people("add_users", wanted.addUsers());
                    Set<UUID> remove = people("remove_users", wanted.removeUsers());
                    requireChangeable(stored, wanted, add, remove);
                    if (groups.known(tx, permit, add) < add.size()) {
                        throw new Failure.Invalid(
                                "Validation failed.", "add_users", "Everybody must be a member of the organization.");
                    }
                    GroupRecord before = stored.withMembers(members.usernames(tx, permit, Action.UPDATE));
                    GroupRecord changed = changed(stored, wanted);
                    requireValid(changed, !changed.name().equals(stored.name()));
                    groups.update(tx, permit, changed);
                    announce(tx, groups.add(tx, permit, add, clock.instant()));
                    announce(tx, groups.remove(tx, permit, remove));
                    GroupRecord after = changed.withMembers(members.usernames(tx, permit, Action.UPDATE));
                    return Changed.to(view(tx, caller, after, true), AuditEvent.updated(before, after));
                }));
    }

    private static GroupRecord changed(GroupRecord stored, PatchGroupRequest wanted) {
        return new GroupRecord(
                stored.id(),
                stored.organizationId(),
                wanted.name().isEmpty() ? stored.name() : wanted.name(),
                wanted.displayName() == null ? stored.displayName() : wanted.displayName(),
                wanted.avatarUrl() == null ? stored.avatarUrl() : wanted.avatarUrl(),
                wanted.quotaAllowance() == null ? stored.quotaAllowance() : wanted.quotaAllowance(),
                List.of(),
                stored.source(),
                stored.organizationName(),
                stored.organizationDisplayName());
    }

    private static void requireChangeable(
            GroupRecord stored, PatchGroupRequest wanted, Set<UUID> add, Set<UUID> remove) {
        if (!stored.isEveryone()) {
            return;
        }
        if (!wanted.name().isEmpty() && !wanted.name().equals(stored.name())) {
            throw new Failure.Invalid("The group of everyone cannot be renamed.", "name", "Must stay as it is.");
        }
        if (!add.isEmpty() || !remove.isEmpty()) {
            throw new Failure.Invalid(
                    "The members of the group of everyone are those of the organization: add or remove them there.");
        }
    }

    private static Set<UUID> people(String field, List<String> ids) {
        if (ids.size() > MOST_IN_A_REQUEST) {
            throw new Failure.Invalid("Validation failed.", field, "At most " + MOST_IN_A_REQUEST + " at once.");
        }
        var parsed = new LinkedHashSet<UUID>();
        for (String id : ids) {
            parsed.add(Request.parseId(id)
                    .orElseThrow(() -> new Failure.Invalid("Validation failed.", field, "Must be ids of users.")));
        }
        return parsed;
    }

    /** What is given to the group was gained or lost: open connections are judged again at once. */
    private static void announce(WriteTx tx, Collection<UUID> people) {
        people.forEach(person -> tx.announce(Topics.USER_CHANGED, person.toString()));
    }

    Group delete(Caller caller, GroupId id) {
        return transactions.change(caller, tx -> {
            var permit = authorizer.require(tx, caller, Action.DELETE, id);
            GroupRecord stored = groups.hold(tx, permit, Action.DELETE);
            if (stored.isEveryone()) {
                throw new Failure.Invalid("The group of everyone cannot be deleted.");
            }
            GroupRecord before = stored.withMembers(members.usernames(tx, permit, Action.DELETE));
            Group shown = view(tx, caller, stored, true);
            List<UUID> people = members.ids(tx, permit, Action.DELETE);
            groups.delete(tx, permit);
            announce(tx, people);
            return Changed.to(shown, AuditEvent.deleted(before));
        });
    }
}
