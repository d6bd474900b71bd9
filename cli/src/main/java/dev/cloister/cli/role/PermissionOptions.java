package dev.cloister.cli.role;

import dev.cloister.cli.session.CommandException;
import dev.cloister.contract.api.CustomRoleRequest;
import dev.cloister.contract.api.Permission;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a role is to give and take; what is not named stays as it is. */
final class PermissionOptions {
    @Option(names = "--display-name", paramLabel = "TEXT", description = "The title that people see.")
    private @Nullable String displayName;

    @Option(
            names = "--site-permission",
            paramLabel = "TYPE:ACTION",
            description = "On everything of the deployment. Repeat it for several; ! before one takes it away.")
    private @Nullable List<String> site;

    @Option(
            names = "--user-permission",
            paramLabel = "TYPE:ACTION",
            description = "On what belongs to whoever has the role, anywhere.")
    private @Nullable List<String> user;

    @Option(
            names = "--organization-permission",
            paramLabel = "TYPE:ACTION",
            description = "On everything of the organization.")
    private @Nullable List<String> organization;

    @Option(
            names = "--member-permission",
            paramLabel = "TYPE:ACTION",
            description = "On what belongs to whoever has the role, in the organization.")
    private @Nullable List<String> member;

    boolean none() {
        return displayName == null && site == null && user == null && organization == null && member == null;
    }

    /** The role with these changes. */
    CustomRoleRequest over(CustomRoleRequest role) throws CommandException {
        return new CustomRoleRequest(
                role.name(),
                displayName == null ? role.displayName() : displayName,
                chosen(site, role.sitePermissions()),
                chosen(user, role.userPermissions()),
                chosen(organization, role.organizationPermissions()),
                chosen(member, role.organizationMemberPermissions()));
    }

    private static List<Permission> chosen(@Nullable List<String> typed, List<Permission> before)
            throws CommandException {
        return typed == null ? before : PermissionText.parse(typed);
    }
}
