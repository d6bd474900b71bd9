package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes to an organization; what is null or an empty name stays as it is.
 *
 * @param defaultOrgMemberRoles what every member has besides the roles given to them
 */
public record UpdateOrganizationRequest(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String displayName,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String description,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String icon,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> defaultOrgMemberRoles) {}
