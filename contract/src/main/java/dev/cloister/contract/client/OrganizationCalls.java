package dev.cloister.contract.client;

import dev.cloister.contract.api.CreateOrganizationRequest;
import dev.cloister.contract.api.Organization;
import dev.cloister.contract.api.OrganizationMember;
import dev.cloister.contract.api.OrganizationMemberWithUserData;
import dev.cloister.contract.api.UpdateOrganizationRequest;
import dev.cloister.contract.api.UpdateRoles;
import dev.cloister.contract.api.UpdateWorkspaceSharingSettingsRequest;
import dev.cloister.contract.api.WorkspaceQuota;
import dev.cloister.contract.api.WorkspaceSharingSettings;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** The part of the API that is about organizations and who is in them. */
public final class OrganizationCalls {
    private final ApiConnection connection;

    OrganizationCalls(ApiConnection connection) {
        this.connection = connection;
    }

    /** All organizations that the caller may see. */
    public List<Organization> list() throws IOException {
        return connection.list(Paths.of("/organizations"), Organization.class);
    }

    /** The organization of that name or identifier. */
    public Organization get(String named) throws IOException {
        return connection.get(Paths.of("/organizations/{}", named), Organization.class);
    }

    public Organization create(CreateOrganizationRequest request) throws IOException {
        return connection.send("POST", Paths.of("/organizations"), request, Organization.class);
    }

    public Organization update(UUID organization, UpdateOrganizationRequest request) throws IOException {
        return connection.send("PATCH", Paths.of("/organizations/{}", organization), request, Organization.class);
    }

    public void delete(UUID organization) throws IOException {
        connection.send("DELETE", Paths.of("/organizations/{}", organization), null);
    }

    public List<OrganizationMemberWithUserData> members(UUID organization) throws IOException {
        return connection.list(
                Paths.of("/organizations/{}/members", organization), OrganizationMemberWithUserData.class);
    }

    /** Takes a user into the organization. A user is named by identifier, user name or "me". */
    public OrganizationMember addMember(UUID organization, String user) throws IOException {
        return connection.send(
                "POST", Paths.of("/organizations/{}/members/{}", organization, user), null, OrganizationMember.class);
    }

    public void removeMember(UUID organization, String user) throws IOException {
        connection.send("DELETE", Paths.of("/organizations/{}/members/{}", organization, user), null);
    }

    /** Gives a member these roles in the organization and no others. */
    public OrganizationMember setRoles(UUID organization, String user, UpdateRoles request) throws IOException {
        return connection.send(
                "PUT",
                Paths.of("/organizations/{}/members/{}/roles", organization, user),
                request,
                OrganizationMember.class);
    }

    /** The roles that can be given in the organization, and those that it has made itself. */
    public RoleCalls roles(UUID organization) {
        return new RoleCalls(connection, Paths.of("/organizations/{}/members/roles", organization));
    }

    public WorkspaceQuota quota(UUID organization, String user) throws IOException {
        return connection.get(
                Paths.of("/organizations/{}/members/{}/workspace-quota", organization, user), WorkspaceQuota.class);
    }

    public WorkspaceSharingSettings sharing(UUID organization) throws IOException {
        return connection.get(
                Paths.of("/organizations/{}/settings/workspace-sharing", organization), WorkspaceSharingSettings.class);
    }

    public WorkspaceSharingSettings setSharing(UUID organization, UpdateWorkspaceSharingSettingsRequest request)
            throws IOException {
        return connection.send(
                "PATCH",
                Paths.of("/organizations/{}/settings/workspace-sharing", organization),
                request,
                WorkspaceSharingSettings.class);
    }
}
