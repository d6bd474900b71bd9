package dev.cloister.server.organization;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.CreateOrganizationRequest;
import dev.cloister.contract.api.Organization;
import dev.cloister.contract.api.ShareableWorkspaceOwners;
import dev.cloister.contract.api.UpdateOrganizationRequest;
import dev.cloister.contract.api.UpdateWorkspaceSharingSettingsRequest;
import dev.cloister.contract.api.WorkspaceSharingSettings;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.DeploymentRules;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.access.Sharing;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;
import java.util.Optional;

/** Organizations over HTTP. */
public final class OrganizationRoutes {
    private static final String BASE = "/api/v2/organizations";
    private static final String ONE = BASE + "/{organization}";
    private static final String GROUP = "Organizations";

    private final OrganizationService service;
    private final OrganizationResolver resolver;
    private final DeploymentRules rules;

    OrganizationRoutes(OrganizationService service, OrganizationResolver resolver, DeploymentRules rules) {
        this.service = service;
        this.resolver = resolver;
        this.rules = rules;
    }

    void register(Routes routes) {
        var read = Access.to(Action.READ, ResourceType.ORGANIZATION);
        var update = Access.to(Action.UPDATE, ResourceType.ORGANIZATION);
        routes.get(
                        BASE,
                        read,
                        request -> Response.ok(service.list(request.caller()).stream()
                                .map(OrganizationRoutes::wire)
                                .toList()))
                .named(GROUP, "List organizations")
                .answersList(200, Organization.class);
        routes.post(
                        BASE,
                        Access.to(Action.CREATE, ResourceType.ORGANIZATION),
                        request -> Response.json(
                                201,
                                wire(service.create(request.user(), request.body(CreateOrganizationRequest.class)))))
                .named(GROUP, "Create an organization")
                .takes(CreateOrganizationRequest.class)
                .answers(201, Organization.class);
        routes.get(ONE, read, request -> Response.ok(wire(service.get(request.caller(), resolver.of(request)))))
                .named(GROUP, "Show an organization")
                .answers(200, Organization.class);
        routes.patch(
                        ONE,
                        update,
                        request -> Response.ok(wire(service.update(
                                request.user(), resolver.of(request), request.body(UpdateOrganizationRequest.class)))))
                .named(GROUP, "Change an organization")
                .takes(UpdateOrganizationRequest.class)
                .answers(200, Organization.class);
        routes.delete(ONE, Access.to(Action.DELETE, ResourceType.ORGANIZATION), this::delete)
                .named(GROUP, "Delete an empty organization")
                .answers(200, ApiError.class);
        String sharing = ONE + "/settings/workspace-sharing";
        routes.get(sharing, read, request -> Response.ok(sharing(service.get(request.caller(), resolver.of(request)))))
                .named(GROUP, "Show whose workspaces can be shared")
                .answers(200, WorkspaceSharingSettings.class);
        routes.patch(sharing, update, this::updateSharing)
                .named(GROUP, "Change whose workspaces can be shared")
                .takes(UpdateWorkspaceSharingSettingsRequest.class)
                .answers(200, WorkspaceSharingSettings.class);
    }

    private Response delete(Request request) {
        service.delete(request.user(), resolver.of(request));
        return Response.ok(ApiError.of("Organization has been deleted."));
    }

    private Response updateSharing(Request request) {
        var body = request.body(UpdateWorkspaceSharingSettingsRequest.class);
        return Response.ok(sharing(service.updateSharing(request.caller(), resolver.of(request), wanted(body))));
    }

    /** Older clients know only yes and no; a request that says neither changes nothing. */
    private static Optional<Sharing> wanted(UpdateWorkspaceSharingSettingsRequest body) {
        if (body.shareableWorkspaceOwners() != null) {
            return Optional.of(Sharing.valueOf(body.shareableWorkspaceOwners().name()));
        }
        return Optional.ofNullable(body.sharingDisabled()).map(disabled -> disabled ? Sharing.NONE : Sharing.EVERYONE);
    }

    private WorkspaceSharingSettings sharing(Tenant tenant) {
        Sharing owners = tenant.shareableWorkspaceOwners();
        return new WorkspaceSharingSettings(
                !rules.workspaceSharing(), owners == Sharing.NONE, ShareableWorkspaceOwners.valueOf(owners.name()));
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
                tenant.defaultOrgMemberRoles());
    }
}
