package dev.cloister.server.workspace;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.cloister.server.access.Part;
import dev.cloister.server.access.ResourceId;
import dev.cloister.server.access.ResourceType;
import java.util.UUID;

/** The id of a build: a part of a workspace, protected as the workspace is. */
public record WorkspaceBuildId(@JsonValue UUID value) implements ResourceId {
    @Override
    public ResourceType type() {
        return ResourceType.WORKSPACE;
    }

    @Override
    public Part part() {
        return Part.WORKSPACE_BUILD;
    }
}
