package dev.cloister.server.audit;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.AuditDiffField;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The difference between two states of an audited record, field by field, secrets masked. */
public final class Difference {
    private Difference() {}

    /** What a creation shows: every tracked field that has a value. */
    public static Map<String, AuditDiffField> created(Audited after) {
        return between(null, after);
    }

    /** What a deletion shows. */
    public static Map<String, AuditDiffField> deleted(Audited before) {
        return between(before, null);
    }

    /** The fields that differ. At least one of the two states is given. */
    public static Map<String, AuditDiffField> between(@Nullable Audited before, @Nullable Audited after) {
        var fields = new LinkedHashMap<String, AuditDiffField>();
        for (Component component : COMPONENTS.get(
                Objects.requireNonNull(before != null ? before : after).getClass())) {
            if (!component.masked() && !component.tracked()) {
                continue;
            }
            Object old = before == null ? null : component.of(before);
            Object now = after == null ? null : component.of(after);
            if (component.isParts()) {
                parts(component.accessor().getReturnType(), old, now, fields);
            } else {
                put(fields, component, old, now);
            }
        }
        return fields;
    }

    /** Each part as a field of its own. */
    private static void parts(
            Class<?> type, @Nullable Object before, @Nullable Object after, Map<String, AuditDiffField> fields) {
        for (Component component : COMPONENTS.get(type)) {
            put(
                    fields,
                    component,
                    before == null ? null : component.of(before),
                    after == null ? null : component.of(after));
        }
    }

    private static void put(
            Map<String, AuditDiffField> fields, Component component, @Nullable Object old, @Nullable Object now) {
        if (!Objects.equals(old, now) && !(isEmpty(old) && isEmpty(now))) {
            fields.put(component.name(), field(old, now, component.masked()));
        }
    }

    private static AuditDiffField field(@Nullable Object old, @Nullable Object now, boolean masked) {
        return masked
                ? new AuditDiffField(json(old == null ? null : ""), json(now == null ? null : ""), true)
                : new AuditDiffField(json(old), json(now), false);
    }

    private static @Nullable JsonNode json(@Nullable Object value) {
        return value == null ? null : ApiJson.mapper().valueToTree(plain(value));
    }

    /** An id of ours is a record of one value, and on the log it is that value. */
    private static Object plain(Object value) {
        if (value instanceof Collection<?> items) {
            return items.stream().map(Difference::plain).toList();
        }
        if (!(value instanceof Record)) {
            return value;
        }
        RecordComponent[] components = value.getClass().getRecordComponents();
        if (components.length != 1 || !components[0].getName().equals("value")) {
            return value;
        }
        Object inner = Component.of(components[0]).of(value);
        return inner == null ? value : inner;
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || (value instanceof CharSequence text && text.isEmpty())
                || (value instanceof Collection<?> items && items.isEmpty());
    }

    /** A component of a record, as it is on the log; found once for each record, since reflection makes copies. */
    private record Component(String name, Method accessor, boolean tracked, boolean masked) {
        static Component of(RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return new Component(
                    snakeCase(component.getName()),
                    accessor,
                    component.isAnnotationPresent(Audited.Tracked.class),
                    component.isAnnotationPresent(Audited.Masked.class));
        }

        boolean isParts() {
            return Audited.Parts.class.isAssignableFrom(accessor.getReturnType());
        }

        @Nullable
        Object of(Object holder) {
            try {
                return accessor.invoke(holder);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
            }
        }
    }

    private static final ClassValue<List<Component>> COMPONENTS = new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
        }
    };

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    }
}
