package dev.cloister.server.platform.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.cloister.contract.api.SecretText;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON schemas (2020-12) of the types that cross the wire; records and enums are named and referred to. */
final class Schemas {
    private static final Map<Class<?>, Map<String, Object>> PLAIN = Map.ofEntries(
            Map.entry(String.class, Map.of("type", "string")),
            Map.entry(SecretText.class, form("string", "password")),
            Map.entry(UUID.class, form("string", "uuid")),
            Map.entry(Instant.class, form("string", "date-time")),
            Map.entry(LocalDate.class, form("string", "date")),
            Map.entry(URI.class, form("string", "uri")),
            Map.entry(byte[].class, form("string", "byte")),
            Map.entry(boolean.class, Map.of("type", "boolean")),
            Map.entry(Boolean.class, Map.of("type", "boolean")),
            Map.entry(int.class, form("integer", "int32")),
            Map.entry(Integer.class, form("integer", "int32")),
            Map.entry(long.class, form("integer", "int64")),
            Map.entry(Long.class, form("integer", "int64")),
            Map.entry(float.class, Map.of("type", "number")),
            Map.entry(Float.class, Map.of("type", "number")),
            Map.entry(double.class, form("number", "double")),
            Map.entry(Double.class, form("number", "double")),
            Map.entry(Object.class, Map.of()));

    private final Map<Class<?>, Usage> usages;
    private final Map<String, Class<?>> names = new HashMap<>();
    private final SortedMap<String, Map<String, Object>> components = new TreeMap<>();

    /** In which direction a type crosses the wire. */
    record Usage(boolean isTaken, boolean isAnswered) {}

    /** @param usages the directions of each record, which decide what of it is required */
    Schemas(Map<Class<?>, Usage> usages) {
        this.usages = usages;
    }

    private static Map<String, Object> form(String type, String format) {
        return ordered("type", type, "format", format);
    }

    static Map<String, Object> ordered(String first, Object value, String second, Object other) {
        var map = new LinkedHashMap<String, Object>();
        map.put(first, value);
        map.put(second, other);
        return map;
    }

    /** The schemas that others refer to, by their names. */
    SortedMap<String, Map<String, Object>> components() {
        return components;
    }

    Map<String, Object> of(AnnotatedType type) {
        if (type instanceof AnnotatedArrayType array && array.getType() != byte[].class) {
            return list(of(array.getAnnotatedGenericComponentType()));
        }
        if (type instanceof AnnotatedParameterizedType generic
                && generic.getType() instanceof ParameterizedType parameterized
                && parameterized.getRawType() instanceof Class<?> raw) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            if (Map.class.isAssignableFrom(raw)) {
                return map(element(arguments[1]));
            }
            if (Collection.class.isAssignableFrom(raw)) {
                return list(element(arguments[0]));
            }
        }
        if (type.getType() instanceof Class<?> plain) {
            return of(plain);
        }
        throw new IllegalArgumentException("the API document knows no schema of " + type);
    }

    private Map<String, Object> element(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class) ? orNull(of(type)) : of(type);
    }

    static Map<String, Object> list(Map<String, Object> element) {
        return ordered("type", "array", "items", element);
    }

    static Map<String, Object> map(Map<String, Object> value) {
        return ordered("type", "object", "additionalProperties", value);
    }

    /** The schema of the same values and of null. */
    static Map<String, Object> orNull(Map<String, Object> schema) {
        if (schema.get("type") instanceof String type) {
            var wider = new LinkedHashMap<>(schema);
            wider.put("type", List.of(type, "null"));
            return wider;
        }
        return schema.isEmpty() ? schema : Map.of("anyOf", List.of(schema, Map.of("type", "null")));
    }

    Map<String, Object> of(Class<?> type) {
        Map<String, Object> plain = PLAIN.get(type);
        if (plain != null) {
            return plain;
        }
        if (JsonNode.class.isAssignableFrom(type)) {
            return Map.of();
        }
        if (Map.class.isAssignableFrom(type)) {
            return Map.of("type", "object");
        }
        if (Arrays.stream(type.getMethods()).anyMatch(method -> method.isAnnotationPresent(JsonValue.class))) {
            return Map.of("type", "string");
        }
        if (type.isEnum() || type.isRecord()) {
            return reference(type);
        }
        throw new IllegalArgumentException("the API document knows no schema of " + type);
    }

    private Map<String, Object> reference(Class<?> type) {
        String name = type.getSimpleName();
        Class<?> known = names.putIfAbsent(name, type);
        if (known == null) {
            if (type.isEnum()) {
                components.put(name, ordered("type", "string", "enum", constants(type)));
            } else {
                var usage = usages.getOrDefault(type, new Usage(true, true));
                components.put(name, RecordSchema.of(type, usage.isTaken(), usage.isAnswered(), this));
            }
        } else if (known != type) {
            throw new IllegalArgumentException("two types of the API are called " + name);
        }
        return Map.of("$ref", "#/components/schemas/" + name);
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(java.lang.reflect.Field::isEnumConstant)
                .map(field -> {
                    var property = field.getAnnotation(JsonProperty.class);
                    return property == null || property.value().isEmpty() ? field.getName() : property.value();
                })
                .toList();
    }
}
