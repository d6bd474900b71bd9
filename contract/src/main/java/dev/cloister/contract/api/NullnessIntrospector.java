package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Makes the reader keep the promises which the components' types give to NullAway: a missing text, list or map is an
 * empty one, a missing value of another type is refused unless its component is {@code @Nullable}.
 */
final class NullnessIntrospector extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;
    private static final JsonSetter.Value KEEP = JsonSetter.Value.forValueNulls(Nulls.SET, Nulls.SKIP);
    private static final JsonSetter.Value EMPTY = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY, Nulls.SKIP);
    private static final JsonSetter.Value REFUSE = JsonSetter.Value.forValueNulls(Nulls.FAIL);

    /** Kept for each record, because asking a class for its components makes all of them anew. */
    private static final ClassValue<JsonSetter.Value[]> PROMISES = new ClassValue<>() {
        @Override
        protected JsonSetter.Value[] computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(NullnessIntrospector::promise)
                    .toArray(JsonSetter.Value[]::new);
        }
    };

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
        if (!(annotated instanceof AnnotatedParameter parameter)
                || !parameter.getDeclaringClass().isRecord()
                || parameter.getRawType().isPrimitive()) {
            return super.findSetterInfo(config, annotated);
        }
        return PROMISES.get(parameter.getDeclaringClass())[parameter.getIndex()];
    }

    private static JsonSetter.Value promise(RecordComponent component) {
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return KEEP;
        }
        var type = component.getType();
        return type == String.class || type == List.class || type == Map.class ? EMPTY : REFUSE;
    }
}
