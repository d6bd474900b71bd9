package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** A role with what it gives and takes at each level. */
public record Role(
        String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String organizationId,
        String displayName,
        List<Permission> sitePermissions,
        List<Permission> userPermissions,
        List<Permission> organizationPermissions,
        List<Permission> organizationMemberPermissions) {}
