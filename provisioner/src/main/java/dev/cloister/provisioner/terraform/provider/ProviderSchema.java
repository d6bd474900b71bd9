package dev.cloister.provisioner.terraform.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All types of the provider, as the published schema of its version 2.17 has them. */
record ProviderSchema(
        BlockSchema provider, SequencedMap<String, Type> resources, SequencedMap<String, Type> dataSources) {
    private static final ProviderSchema PUBLISHED = read();

    /** A type of resource or data source. */
    record Type(String name, int version, BlockSchema block) {}

    static ProviderSchema published() {
        return PUBLISHED;
    }

    Optional<Type> resource(String name) {
        return Optional.ofNullable(resources.get(name));
    }

    Optional<Type> dataSource(String name) {
        return Optional.ofNullable(dataSources.get(name));
    }

    private static ProviderSchema read() {
        try (var in = ProviderSchema.class.getResourceAsStream("schema.json")) {
            if (in == null) {
                throw new IllegalStateException("the provider's schema is missing from the program");
            }
            var json = JsonMapper.shared().readTree(in);
            return new ProviderSchema(
                    BlockSchema.read(json.path("provider")),
                    types(json.path("resources")),
                    types(json.path("dataSources")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SequencedMap<String, Type> types(JsonNode json) {
        var types = new LinkedHashMap<String, Type>();
        json.properties()
                .forEach(field -> types.put(
                        field.getKey(),
                        new Type(
                                field.getKey(),
                                field.getValue().path("version").asInt(),
                                BlockSchema.read(field.getValue()))));
        return types;
    }
}
