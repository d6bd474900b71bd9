package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A role of a list.
 *
 * @param assignable whether the caller may give it to others
 * @param builtIn whether it cannot be changed
 */
public record AssignableRoles(
        String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String organizationId,
        String displayName,
        List<Permission> sitePermissions,
        List<Permission> userPermissions,
        List<Permission> organizationPermissions,
        List<Permission> organizationMemberPermissions,
        boolean assignable,
        boolean builtIn) {}
