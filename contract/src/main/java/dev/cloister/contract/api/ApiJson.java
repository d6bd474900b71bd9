package dev.cloister.contract.api;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonFactoryBuilder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The one way in which the API's records become JSON and come back: snake_case names, times as RFC 3339 texts, unknown
 * fields ignored, depth bounded. How large a body may be is up to whoever reads it from the network.
 */
public final class ApiJson {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME = 1024;
    private static final int MAX_STRING = 4 << 20;
    private static final long MAX_TOKENS = 200_000;
    private static final JsonMapper MAPPER = configured(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build()))
            .build();

    /** Made when it is first asked for: clients never do, and the command line starts without it. */
    private static final class Strict {
        private static final JsonMapper MAPPER = strictest();
    }

    private ApiJson() {}

    /** The shared mapper; it is immutable and safe for any thread. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * The mapper for what anybody may send: it refuses a name that an object has twice, values of another type than the
     * field's (no text for a number, no number for a text), anything after the document, and documents that are made to
     * be costly. Names that a record does not have are ignored, as the published API does.
     */
    public static JsonMapper strict() {
        return Strict.MAPPER;
    }

    private static JsonMapper strictest() {
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNameLength(MAX_NAME)
                .maxStringLength(MAX_STRING)
                .maxTokenCount(MAX_TOKENS)
                .build();
        return configured(JsonFactory.builder()
                        .streamReadConstraints(constraints)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        coercion -> coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }

    private static JsonMapper.Builder configured(JsonFactoryBuilder factory) {
        return JsonMapper.builder(factory.build())
                .addModule(new RecordConstruction())
                .annotationIntrospector(new NullnessIntrospector())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }
}
