package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;

/**
 * What a person was given on a single thing.
 *
 * @param via {@code user}, {@code group}, or {@code everyone} of the organization
 * @param groupName empty where it was given to the person
 */
public record EffectiveGrant(
        String resourceType,
        UUID resourceId,
        String resourceName,
        UUID organizationId,
        List<String> actions,
        String via,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String groupName) {}
