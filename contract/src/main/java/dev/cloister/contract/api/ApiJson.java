package dev.cloister.contract.api;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one way in which the API's records become JSON and come back: snake_case names, times as RFC 3339 texts, unknown
 * fields ignored, depth bounded. How large a body may be is up to whoever reads it from the network.
 */
public final class ApiJson {
    private static final int MAX_DEPTH = 64;
    private static final JsonMapper MAPPER = build();

    private ApiJson() {}

    /** The shared mapper; it is immutable and safe for any thread. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    private static JsonMapper build() {
        var constraints =
                StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
        return JsonMapper.builder(
                        JsonFactory.builder().streamReadConstraints(constraints).build())
                .addModule(new RecordConstruction())
                .annotationIntrospector(new NullnessIntrospector())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }
}
