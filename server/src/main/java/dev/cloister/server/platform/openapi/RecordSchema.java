package dev.cloister.server.platform.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;

/** The schema of one record, by the rules by which {@code ApiJson} writes and reads it. */
final class RecordSchema {
    private static final Names NAMES = new Names();

    /** The very rule by which {@code ApiJson} names fields. */
    private static final class Names extends PropertyNamingStrategies.SnakeCaseStrategy {
        private static final long serialVersionUID = 1;

        String of(String name) {
            return translate(name);
        }
    }

    private RecordSchema() {}

    /**
     * The schema.
     *
     * @param isTaken whether it is read from requests
     * @param isAnswered whether it is written into answers
     */
    static Map<String, Object> of(Class<?> type, boolean isTaken, boolean isAnswered, Schemas schemas) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = name(type, component);
            properties.put(name, schema(type, component, schemas));
            if ((!isAnswered || isAlwaysWritten(type, component)) && (!isTaken || isRefusedWhenAbsent(component))) {
                required.add(name);
            }
        }
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", List.copyOf(required));
        }
        return schema;
    }

    private static String name(Class<?> type, RecordComponent component) {
        var property = annotation(type, component, JsonProperty.class);
        return property != null && !property.value().isEmpty() ? property.value() : NAMES.of(component.getName());
    }

    private static Map<String, Object> schema(Class<?> type, RecordComponent component, Schemas schemas) {
        Map<String, Object> schema = schemas.of(component.getAnnotatedType());
        // What is left out when it is null is never null where it is there.
        return isNullable(component) && isAlwaysWritten(type, component) ? Schemas.orNull(schema) : schema;
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static boolean isAlwaysWritten(Class<?> type, RecordComponent component) {
        var include = annotation(type, component, JsonInclude.class);
        return include == null || include.value() == JsonInclude.Include.ALWAYS;
    }

    /** The rule of the reader: texts, lists, maps and primitive values have an empty value, the rest has not. */
    private static boolean isRefusedWhenAbsent(RecordComponent component) {
        Class<?> type = component.getType();
        return !isNullable(component)
                && !type.isPrimitive()
                && type != String.class
                && type != List.class
                && type != Map.class;
    }

    /** Annotations of a component stand at its field where they do not apply to components. */
    private static <A extends java.lang.annotation.Annotation> @Nullable A annotation(
            Class<?> type, RecordComponent component, Class<A> annotation) {
        A found = component.getAnnotation(annotation);
        if (found == null) {
            found = component.getAccessor().getAnnotation(annotation);
        }
        try {
            return found != null
                    ? found
                    : type.getDeclaredField(component.getName()).getAnnotation(annotation);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }
}
