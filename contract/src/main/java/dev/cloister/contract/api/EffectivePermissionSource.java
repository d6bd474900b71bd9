package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Where rights come from.
 *
 * @param kind {@code built_in_role} or {@code custom_role}
 * @param name of the role
 * @param organizationId where the role was given, empty for the site
 * @param implicit whether everybody has it there, by being there
 * @param allows the actions that it gives
 * @param denies the actions that it takes away, here and at every narrower level
 */
public record EffectivePermissionSource(
        String kind,
        String name,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String organizationId,
        boolean implicit,
        List<String> allows,
        List<String> denies) {}
