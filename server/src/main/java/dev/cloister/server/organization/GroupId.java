package dev.cloister.server.organization;

import dev.cloister.server.access.ResourceId;
import dev.cloister.server.access.ResourceType;
import java.util.UUID;

/** The id of a group; that of the organization itself for the group of everyone in it. */
public record GroupId(UUID value) implements ResourceId {
    @Override
    public ResourceType type() {
        return ResourceType.GROUP;
    }
}
