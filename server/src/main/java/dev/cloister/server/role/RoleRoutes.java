package dev.cloister.server.role;

import dev.cloister.contract.api.AssignableRoles;
import dev.cloister.contract.api.CustomRoleRequest;
import dev.cloister.contract.api.Role;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceFacts;
import dev.cloister.server.access.ResourceId;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Roles over HTTP: those of the site, and those of an organization. */
public final class RoleRoutes {
    private static final String SITE = "/api/v2/users/roles";
    private static final String ORGANIZATION = "/api/v2/organizations/{organization}/members/roles";

    private final RoleService service;
    private final Function<Request, ResourceId> organization;

    /** @param organization finds the organization that a path names */
    public RoleRoutes(RoleService service, Function<Request, ResourceId> organization) {
        this.service = service;
        this.organization = organization;
    }

    public void register(Routes routes) {
        register(routes, SITE, ResourceType.ASSIGN_ROLE, "site", request -> null);
        register(routes, ORGANIZATION, ResourceType.ASSIGN_ORG_ROLE, "organization", organization::apply);
    }

    private void register(Routes routes, String path, ResourceType type, String where, Place place) {
        routes.get(path, Access.to(Action.READ, type), request -> list(request, type, place.of(request)))
                .named("Roles", "List the roles of the " + where + ", with which of them you may give")
                .answersList(200, AssignableRoles.class);
        routes.post(
                        path,
                        Access.to(Action.CREATE, type),
                        request -> Response.ok(
                                RoleViews.wire(service.create(request.user(), place.of(request), body(request)))))
                .named("Roles", "Create a role of the " + where)
                .takes(CustomRoleRequest.class)
                .answers(200, Role.class);
        routes.put(
                        path,
                        Access.to(Action.UPDATE, type),
                        request -> Response.ok(
                                RoleViews.wire(service.update(request.user(), place.of(request), body(request)))))
                .named("Roles", "Change a role of the " + where)
                .takes(CustomRoleRequest.class)
                .answers(200, Role.class);
        routes.delete(path + "/{roleName}", Access.to(Action.DELETE, type), request -> {
                    service.delete(request.user(), place.of(request), request.path("roleName"));
                    return Response.empty(204);
                })
                .named("Roles", "Delete a role of the " + where + " and take it from everybody")
                .answers(204);
    }

    private Response list(Request request, ResourceType type, @Nullable ResourceId place) {
        UUID id = place == null ? null : place.value();
        var custom = service.list(request.caller(), place);
        boolean mayAssign = request.user().may(Action.ASSIGN, ResourceFacts.of(type, null, id, null));
        return Response.ok(RoleViews.assignable(request.user(), id, mayAssign, custom));
    }

    private static RoleRequest body(Request request) {
        return RoleRequest.of(request.body(CustomRoleRequest.class));
    }

    private interface Place {
        @Nullable
        ResourceId of(Request request);
    }
}
