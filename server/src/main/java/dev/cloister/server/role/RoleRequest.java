package dev.cloister.server.role;

import dev.cloister.contract.api.CustomRoleRequest;
import dev.cloister.contract.api.Permission;
import dev.cloister.contract.api.ValidationError;
import dev.cloister.server.access.CustomRole;
import dev.cloister.server.access.Role;
import dev.cloister.server.platform.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a role is to be, as it was asked for. */
record RoleRequest(String name, CustomRoleRequest body) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*");
    private static final int LONGEST_NAME = 32;
    private static final int LONGEST_DISPLAY_NAME = 64;
    /** Words that stand in the place of a role in addresses or in the language of policies. */
    private static final Set<String> RESERVED = Set.of("roles", "me", "all", "none", "system");

    static RoleRequest of(CustomRoleRequest body) {
        return new RoleRequest(body.name(), body);
    }

    /** The same with the name in the spelling it is stored with. */
    RoleRequest named(String stored) {
        return new RoleRequest(stored, body);
    }

    /** @throws Failure.Invalid naming every field that is wrong for a role of this place */
    CustomRole role(RolePlace place) {
        requireName();
        var problems = new ArrayList<ValidationError>();
        if (body.displayName().length() > LONGEST_DISPLAY_NAME
                || body.displayName().codePoints().anyMatch(Character::isISOControl)) {
            problems.add(new ValidationError("display_name", "Must have at most 64 characters, without line breaks."));
        }
        boolean site = place.level() == Role.Level.SITE;
        String only = site
                ? "A role of the site speaks of the site; use site_permissions and user_permissions."
                : "A role of an organization speaks of that organization alone; use organization_permissions and"
                        + " organization_member_permissions.";
        refuse(!site, "site_permissions", body.sitePermissions(), only, problems);
        refuse(!site, "user_permissions", body.userPermissions(), only, problems);
        refuse(site, "organization_permissions", body.organizationPermissions(), only, problems);
        refuse(site, "organization_member_permissions", body.organizationMemberPermissions(), only, problems);
        var role = new CustomRole(
                name,
                body.displayName(),
                place.organization(),
                PermissionViews.parse("site_permissions", body.sitePermissions(), problems),
                PermissionViews.parse("user_permissions", body.userPermissions(), problems),
                PermissionViews.parse("organization_permissions", body.organizationPermissions(), problems),
                PermissionViews.parse(
                        "organization_member_permissions", body.organizationMemberPermissions(), problems));
        if (!problems.isEmpty()) {
            throw new Failure.Invalid("Invalid request to create a role.", "", problems);
        }
        return role;
    }

    private static void refuse(
            boolean when, String field, List<Permission> given, String problem, List<ValidationError> problems) {
        if (when && !given.isEmpty()) {
            problems.add(new ValidationError(field, problem));
        }
    }

    private void requireName() {
        String lower = name.toLowerCase(Locale.ROOT);
        if (Role.parse(lower).isPresent() || RESERVED.contains(lower)) {
            throw new Failure.Invalid("Reserved role name.", "name", "\"" + lower + "\" is a reserved role name.");
        }
        if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new Failure.Invalid(
                    "Invalid role name.", "name", "Must have 1 to 32 letters, digits and single hyphens between them.");
        }
    }
}
