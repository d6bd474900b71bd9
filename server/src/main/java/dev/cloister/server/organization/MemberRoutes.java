package dev.cloister.server.organization;

import dev.cloister.contract.api.OrganizationMember;
import dev.cloister.contract.api.OrganizationMemberWithUserData;
import dev.cloister.contract.api.PaginatedMembersResponse;
import dev.cloister.contract.api.UpdateRoles;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.List;
import java.util.UUID;

/** Members of organizations over HTTP. */
final class MemberRoutes {
    private static final String BASE = "/api/v2/organizations/{organization}";
    private static final String GROUP = "Members";

    private final Transactions transactions;
    private final MembershipService memberships;
    private final OrganizationResolver resolver;
    private final People people;

    MemberRoutes(
            Transactions transactions, MembershipService memberships, OrganizationResolver resolver, People people) {
        this.transactions = transactions;
        this.memberships = memberships;
        this.resolver = resolver;
        this.people = people;
    }

    void register(Routes routes) {
        var read = Access.to(Action.READ, ResourceType.ORGANIZATION_MEMBER);
        routes.get(BASE + "/members", read, this::list)
                .named(GROUP, "List all members of an organization")
                .answersList(200, OrganizationMemberWithUserData.class);
        routes.get(BASE + "/paginated-members", read, this::page)
                .named(GROUP, "Search the members of an organization, page by page")
                .query(
                        "q",
                        String.class,
                        "Words of the name, or search, name, status, role, login_type,"
                                + " service_account, user_id with a value")
                .query("after_id", UUID.class, "The member that the page begins behind")
                .query("limit", Integer.class, "The most members, 0 for all")
                .query("offset", Integer.class, "How many members are left out first")
                .answers(200, PaginatedMembersResponse.class);
        routes.get(
                        BASE + "/members/{user}",
                        read,
                        request -> Response.ok(MemberViews.wire(
                                memberships.get(request.caller(), resolver.of(request), person(request)))))
                .named(GROUP, "Show a member of an organization")
                .answers(200, OrganizationMemberWithUserData.class);
        routes.post(
                        BASE + "/members/{user}",
                        Access.to(Action.CREATE, ResourceType.ORGANIZATION_MEMBER),
                        request -> Response.ok(MemberViews.wire(
                                memberships.join(request.caller(), resolver.of(request), person(request)))))
                .named(GROUP, "Add a person to an organization")
                .answers(200, OrganizationMember.class);
        routes.delete(BASE + "/members/{user}", Access.to(Action.DELETE, ResourceType.ORGANIZATION_MEMBER), request -> {
                    memberships.remove(request.user(), resolver.of(request), person(request));
                    return Response.empty(204);
                })
                .named(GROUP, "Remove a person from an organization")
                .answers(204);
        routes.put(
                        BASE + "/members/{user}/roles",
                        Access.to(Action.ASSIGN, ResourceType.ASSIGN_ORG_ROLE),
                        this::updateRoles)
                .named(GROUP, "Give and take roles in an organization")
                .takes(UpdateRoles.class)
                .answers(200, OrganizationMember.class);
    }

    private UUID person(Request request) {
        return transactions.read(tx -> people.find(tx, request.caller(), request.path("user")));
    }

    private Response list(Request request) {
        var page = memberships.list(request.caller(), resolver.of(request), MemberFilter.ALL, MemberPageFilter.ALL);
        return Response.ok(page.members().stream().map(MemberViews::wire).toList());
    }

    private Response page(Request request) {
        OrganizationId id = resolver.of(request);
        var filter = MemberFilter.parse(request.query("q").orElse(""));
        var page = memberships.list(request.caller(), id, filter, MemberPageFilter.of(request));
        return Response.ok(new PaginatedMembersResponse(
                page.members().stream().map(MemberViews::wire).toList(), page.count()));
    }

    private Response updateRoles(Request request) {
        List<String> roles = request.body(UpdateRoles.class).roles();
        return Response.ok(MemberViews.wire(
                memberships.updateRoles(request.user(), resolver.of(request), person(request), roles)));
    }
}
