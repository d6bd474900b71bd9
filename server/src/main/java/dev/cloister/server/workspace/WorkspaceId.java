package dev.cloister.server.workspace;

import dev.cloister.server.access.ResourceId;
import dev.cloister.server.access.ResourceType;
import java.util.UUID;

/** The id of a workspace. */
public record WorkspaceId(UUID value) implements ResourceId {
    @Override
    public ResourceType type() {
        return ResourceType.WORKSPACE;
    }
}
