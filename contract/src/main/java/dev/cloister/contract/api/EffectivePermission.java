package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a person may do to things of one type in one place, and why.
 *
 * @param level {@code site} for everything everywhere, {@code user} for things of their own outside of organizations,
 *     {@code organization} for everything in one, {@code organization_member} for things of their own in it
 * @param allowed the actions that are allowed in the end
 * @param sources what gives or denies them
 */
public record EffectivePermission(
        String level,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String organizationId,
        String resourceType,
        List<String> allowed,
        List<EffectivePermissionSource> sources) {}
