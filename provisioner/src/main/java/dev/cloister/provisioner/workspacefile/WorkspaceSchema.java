package dev.cloister.provisioner.workspacefile;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The published JSON Schema of {@code workspace.yaml}, draft 2020-12. */
public final class WorkspaceSchema {
    private WorkspaceSchema() {}

    /** The schema's text, for editors and documentation. */
    public static String text() {
        try (var resource = WorkspaceSchema.class.getResourceAsStream("workspace.schema.json")) {
            if (resource == null) {
                throw new IllegalStateException("workspace.schema.json is missing from the distribution");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Error> validate(JsonNode document) {
        return Compiled.SCHEMA.validate(document);
    }

    /** The part of the schema at a place such as {@code #/$defs/app/properties/slug/pattern}. */
    static JsonNode at(String pointer) {
        return Compiled.SCHEMA.getSchemaNode().at(pointer);
    }

    /** Compiled when first used: a server that imports nothing does not pay for it. */
    private static final class Compiled {
        static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text(), InputFormat.JSON);
    }
}
