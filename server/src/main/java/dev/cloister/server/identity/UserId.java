package dev.cloister.server.identity;

import dev.cloister.server.access.ResourceId;
import dev.cloister.server.access.ResourceType;
import java.util.UUID;

/** The id of a person. */
public record UserId(UUID value) implements ResourceId {
    @Override
    public ResourceType type() {
        return ResourceType.USER;
    }
}
