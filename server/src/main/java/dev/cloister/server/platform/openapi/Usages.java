package dev.cloister.server.platform.openapi;

import dev.cloister.server.platform.http.Operation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds in which direction each record crosses the wire, with those inside it. */
final class Usages {
    private final Set<Class<?>> taken = new HashSet<>();
    private final Set<Class<?>> answered = new HashSet<>();

    void add(Operation operation) {
        addBody(operation.takes(), taken);
        operation.answers().forEach(answer -> addBody(answer.body(), answered));
    }

    private static void addBody(Operation.@Nullable Body body, Set<Class<?>> into) {
        switch (body) {
            case null -> {}
            case Operation.Json json -> add(json.type(), into);
            case Operation.JsonList list -> add(list.element(), into);
            case Operation.JsonMap map -> add(map.value(), into);
            case Operation.Bytes bytes -> {}
        }
    }

    private static void add(Type type, Set<Class<?>> into) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                add(argument, into);
            }
        } else if (type instanceof Class<?> plain && plain.isArray()) {
            add(plain.getComponentType(), into);
        } else if (type instanceof Class<?> plain && plain.isRecord() && into.add(plain)) {
            for (var component : plain.getRecordComponents()) {
                add(component.getGenericType(), into);
            }
        }
    }

    Map<Class<?>, Schemas.Usage> all() {
        var all = new HashMap<Class<?>, Schemas.Usage>();
        taken.forEach(type -> all.put(type, new Schemas.Usage(true, answered.contains(type))));
        answered.forEach(type -> all.put(type, new Schemas.Usage(taken.contains(type), true)));
        return all;
    }
}
