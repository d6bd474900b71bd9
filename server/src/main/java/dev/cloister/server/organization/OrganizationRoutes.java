package dev.cloister.server.organization;

import dev.cloister.contract.api.Organization;
import dev.cloister.contract.api.OrganizationMember;
import dev.cloister.contract.api.SlimRole;
import dev.cloister.contract.api.UpdateRoles;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Role;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.List;

/** Organizations over HTTP. */
public final class OrganizationRoutes {
    private static final String BASE = "/api/v2/organizations";

    private final Transactions transactions;
    private final OrganizationService service;
    private final MembershipService memberships;
    private final OrganizationResolver resolver;

    public OrganizationRoutes(
            Transactions transactions,
            OrganizationService service,
            MembershipService memberships,
            OrganizationResolver resolver) {
        this.transactions = transactions;
        this.service = service;
        this.memberships = memberships;
        this.resolver = resolver;
    }

    public void register(Routes routes) {
        var read = Access.to(Action.READ, ResourceType.ORGANIZATION);
        routes.get(
                BASE,
                read,
                request -> Response.ok(service.list(request.caller()).stream()
                        .map(OrganizationRoutes::wire)
                        .toList()));
        routes.get(
                BASE + "/{organization}",
                read,
                request -> Response.ok(wire(service.get(request.caller(), organization(request)))));
        routes.get(
                BASE + "/{organization}/members",
                Access.to(Action.READ, ResourceType.ORGANIZATION_MEMBER),
                request -> Response.ok(memberships.members(request.caller(), organization(request)).stream()
                        .map(OrganizationRoutes::wire)
                        .toList()));
        routes.put(
                BASE + "/{organization}/members/{user}/roles",
                Access.to(Action.ASSIGN, ResourceType.ASSIGN_ORG_ROLE),
                this::updateRoles);
        routes.delete(
                BASE + "/{organization}/members/{user}",
                Access.to(Action.DELETE, ResourceType.ORGANIZATION_MEMBER),
                this::remove);
    }

    private OrganizationId organization(Request request) {
        return transactions.read(tx -> resolver.resolve(tx, request.caller(), request.path("organization")));
    }

    private Response updateRoles(Request request) {
        List<String> roles = request.body(UpdateRoles.class).roles();
        return Response.ok(
                wire(memberships.updateRoles(request.user(), organization(request), request.id("user"), roles)));
    }

    private Response remove(Request request) {
        memberships.remove(request.caller(), organization(request), request.id("user"));
        return Response.empty(204);
    }

    /** An organization as the API shows it. */
    public static Organization wire(Tenant tenant) {
        return new Organization(
                tenant.id().value(),
                tenant.name(),
                tenant.displayName(),
                tenant.icon(),
                tenant.description(),
                tenant.createdAt(),
                tenant.updatedAt(),
                tenant.isDefault(),
                List.of(Role.ORGANIZATION_WORKSPACE_ACCESS.wireName()));
    }

    private static OrganizationMember wire(Membership membership) {
        return new OrganizationMember(
                membership.userId(),
                membership.organization().value(),
                membership.createdAt(),
                membership.updatedAt(),
                membership.roles().stream()
                        .flatMap(name -> Role.parse(name).stream())
                        .map(role -> new SlimRole(
                                role.wireName(),
                                role.displayName(),
                                membership.organization().value().toString()))
                        .toList());
    }
}
