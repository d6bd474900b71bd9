package dev.cloister.server.audit;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.AuditDiffField;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
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
        Class<?> type = Objects.requireNonNull(before != null ? before : after).getClass();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean masked = component.isAnnotationPresent(Audited.Masked.class);
            if (!masked && !component.isAnnotationPresent(Audited.Tracked.class)) {
                continue;
            }
            Object old = before == null ? null : value(component, before);
            Object now = after == null ? null : value(component, after);
            if (Audited.Parts.class.isAssignableFrom(component.getType())) {
                parts(component.getType(), old, now, fields);
            } else if (!Objects.equals(old, now) && !(isEmpty(old) && isEmpty(now))) {
                fields.put(snakeCase(component.getName()), field(old, now, masked));
            }
        }
        return fields;
    }

    /** Each part as a field of its own. */
    private static void parts(
            Class<?> type, @Nullable Object before, @Nullable Object after, Map<String, AuditDiffField> fields) {
        for (RecordComponent component : type.getRecordComponents()) {
            Object old = before == null ? null : value(component, before);
            Object now = after == null ? null : value(component, after);
            if (!Objects.equals(old, now) && !(isEmpty(old) && isEmpty(now))) {
                fields.put(snakeCase(component.getName()), field(old, now, false));
            }
        }
    }

    private static AuditDiffField field(@Nullable Object old, @Nullable Object now, boolean masked) {
        return masked
                ? new AuditDiffField(json(old == null ? null : ""), json(now == null ? null : ""), true)
                : new AuditDiffField(json(old), json(now), false);
    }

    private static @Nullable JsonNode json(@Nullable Object value) {
        return value == null ? null : ApiJson.mapper().valueToTree(value);
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || (value instanceof CharSequence text && text.isEmpty())
                || (value instanceof Collection<?> items && items.isEmpty());
    }

    private static @Nullable Object value(RecordComponent component, Object of) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(of);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    }
}
