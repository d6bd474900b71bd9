package dev.cloister.server.organization;

import dev.cloister.server.access.ResourceId;
import dev.cloister.server.access.ResourceType;
import java.util.UUID;

/** The id of a tenant. */
public record OrganizationId(UUID value) implements ResourceId {
    @Override
    public ResourceType type() {
        return ResourceType.ORGANIZATION;
    }
}
