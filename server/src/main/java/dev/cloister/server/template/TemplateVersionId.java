package dev.cloister.server.template;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.cloister.server.access.Part;
import dev.cloister.server.access.ResourceId;
import dev.cloister.server.access.ResourceType;
import java.util.UUID;

/** The id of one version of a template; protected as the template is. */
public record TemplateVersionId(@JsonValue UUID value) implements ResourceId {
    @Override
    public ResourceType type() {
        return ResourceType.TEMPLATE;
    }

    @Override
    public Part part() {
        return Part.TEMPLATE_VERSION;
    }
}
