package dev.cloister.server.organization;

import dev.cloister.contract.api.CreateGroupRequest;
import dev.cloister.contract.api.Group;
import dev.cloister.contract.api.GroupMembersResponse;
import dev.cloister.contract.api.PatchGroupRequest;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Operation;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import dev.cloister.server.platform.sql.ReadTx;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Groups over HTTP. */
final class GroupRoutes {
    private static final String BASE = "/api/v2/groups";
    private static final String IN_ORGANIZATION = "/api/v2/organizations/{organization}/groups";
    private static final String GROUP = "Groups";
    private static final UUID NOBODY = new UUID(0, 0);
    private static final int MOST_IDS = 500;

    private final Transactions transactions;
    private final GroupService service;
    private final OrganizationResolver resolver;
    private final People people;

    GroupRoutes(Transactions transactions, GroupService service, OrganizationResolver resolver, People people) {
        this.transactions = transactions;
        this.service = service;
        this.resolver = resolver;
        this.people = people;
    }

    void register(Routes routes) {
        var read = Access.to(Action.READ, ResourceType.GROUP);
        routes.get(BASE, read, this::list)
                .named(GROUP, "List groups of all organizations")
                .query("organization", String.class, "Only those of this organization, by id or name")
                .query("has_member", String.class, "Only those that this person is in, by id or username")
                .query("group_ids", String.class, "Only these, by ids separated by commas")
                .answersList(200, Group.class);
        routes.get(
                        BASE + "/{group}",
                        read,
                        request -> Response.ok(
                                service.get(request.caller(), id(request), !request.flag("exclude_members"))))
                .named(GROUP, "Show a group")
                .query("exclude_members", Boolean.class, "Whether to leave the members out")
                .answers(200, Group.class);
        routes.patch(
                        BASE + "/{group}",
                        Access.to(Action.UPDATE, ResourceType.GROUP),
                        request -> Response.ok(
                                service.update(request.caller(), id(request), request.body(PatchGroupRequest.class))))
                .named(GROUP, "Change a group and who is in it")
                .takes(PatchGroupRequest.class)
                .answers(200, Group.class);
        routes.delete(
                        BASE + "/{group}",
                        Access.to(Action.DELETE, ResourceType.GROUP),
                        request -> Response.ok(service.delete(request.caller(), id(request))))
                .named(GROUP, "Delete a group")
                .answers(200, Group.class);
        paged(routes.get(BASE + "/{group}/members", read, request -> members(request, id(request))));
        inOrganization(routes, read);
    }

    private void inOrganization(Routes routes, Access read) {
        routes.get(
                        IN_ORGANIZATION,
                        read,
                        request -> Response.ok(service.listIn(request.caller(), resolver.of(request))))
                .named(GROUP, "List the groups of an organization")
                .answersList(200, Group.class);
        routes.post(
                        IN_ORGANIZATION,
                        Access.to(Action.CREATE, ResourceType.GROUP),
                        request -> Response.json(
                                201,
                                service.create(
                                        request.caller(),
                                        resolver.of(request),
                                        request.body(CreateGroupRequest.class))))
                .named(GROUP, "Create a group")
                .takes(CreateGroupRequest.class)
                .answers(201, Group.class);
        routes.get(
                        IN_ORGANIZATION + "/{groupName}",
                        read,
                        request -> Response.ok(
                                service.get(request.caller(), named(request), !request.flag("exclude_members"))))
                .named(GROUP, "Show a group by its name")
                .query("exclude_members", Boolean.class, "Whether to leave the members out")
                .answers(200, Group.class);
        paged(routes.get(IN_ORGANIZATION + "/{groupName}/members", read, request -> members(request, named(request))));
    }

    private static void paged(Operation operation) {
        operation
                .named(GROUP, "Search the members of a group, page by page")
                .query(
                        "q",
                        String.class,
                        "Words of the name, or search, name, status, role, login_type,"
                                + " service_account, user_id with a value")
                .query("after_id", UUID.class, "The member that the page begins behind")
                .query("limit", Integer.class, "The most members, 0 for all")
                .query("offset", Integer.class, "How many members are left out first")
                .answers(200, GroupMembersResponse.class);
    }

    private static GroupId id(Request request) {
        return new GroupId(request.id("group"));
    }

    private GroupId named(Request request) {
        return service.find(request.caller(), resolver.of(request), request.path("groupName"));
    }

    private Response members(Request request, GroupId id) {
        var filter = MemberFilter.parse(request.query("q").orElse(""));
        return Response.ok(service.members(request.caller(), id, filter, MemberPageFilter.of(request)));
    }

    /** A filter by something that does not exist, or not for the caller, finds nothing. */
    private Response list(Request request) {
        UUID organization = request.query("organization")
                .map(text -> orNobody(
                        tx -> resolver.resolve(tx, request.caller(), text).value()))
                .orElse(null);
        UUID member = request.query("has_member")
                .map(text -> orNobody(tx -> people.find(tx, request.caller(), text)))
                .orElse(null);
        var filter = new GroupRepository.Filter(
                organization, member, ids(request.query("group_ids").orElse("")));
        return Response.ok(service.list(request.caller(), filter));
    }

    private UUID orNobody(Function<ReadTx, UUID> look) {
        try {
            return transactions.read(look::apply);
        } catch (Failure.NotFound e) {
            return NOBODY;
        }
    }

    private static Set<UUID> ids(String text) {
        var ids = new LinkedHashSet<UUID>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",", MOST_IDS + 1)) {
            ids.add(Request.parseId(part.strip())
                    .filter(id -> ids.size() < MOST_IDS)
                    .orElseThrow(() -> new Failure.Invalid(
                            "Query parameters have invalid values.",
                            "group_ids",
                            "Must be at most " + MOST_IDS + " ids of groups, separated by commas.")));
        }
        return ids;
    }
}
