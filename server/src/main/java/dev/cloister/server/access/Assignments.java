package dev.cloister.server.access;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What was given to a person: all that a {@link Subject} is made of.
 *
 * @param serviceAccount whether it is an account of a machine, which has a role of its own in organizations
 * @param organizations the organizations that the person belongs to
 * @param groups the groups of the person; those that mean everyone of an organization need not be named
 */
public record Assignments(
        UUID id,
        String username,
        boolean serviceAccount,
        GivenRoles site,
        Map<UUID, InOrganization> organizations,
        Set<UUID> groups,
        DeploymentRules rules) {
    public Assignments {
        organizations = Map.copyOf(organizations);
        groups = Set.copyOf(groups);
    }

    /** What a member of an organization has there, with those of its settings that decide on rights. */
    public record InOrganization(GivenRoles roles, Sharing sharing) {
        public static InOrganization of(Role... roles) {
            return new InOrganization(GivenRoles.of(roles), Sharing.EVERYONE);
        }
    }

    /** A person with built-in roles, in no group, where nothing is restricted. */
    public static Assignments of(UUID id, String username, GivenRoles site, Map<UUID, InOrganization> organizations) {
        return new Assignments(id, username, false, site, organizations, Set.of(), DeploymentRules.STANDARD);
    }
}
