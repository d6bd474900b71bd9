package dev.cloister.server.workspace;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.cloister.server.access.ResourceId;
import dev.cloister.server.access.ResourceType;
import java.util.UUID;

/** The id of a workspace. */
public record WorkspaceId(@JsonValue UUID value) implements ResourceId {
    @Override
    public ResourceType type() {
        return ResourceType.WORKSPACE;
    }
}
