package dev.cloister.server.template;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.cloister.server.access.ResourceId;
import dev.cloister.server.access.ResourceType;
import java.util.UUID;

/** The id of an uploaded archive. */
public record FileId(@JsonValue UUID value) implements ResourceId {
    @Override
    public ResourceType type() {
        return ResourceType.FILE;
    }
}
