package dev.cloister.server.audit;

import java.util.List;

/** What a writing transaction returns: its result and the events that commit with it. */
public final class Changed<T> {
    private final T value;
    private final List<AuditEvent> events;

    private Changed(T value, List<AuditEvent> events) {
        this.value = value;
        this.events = events;
    }

    /** A change and what it is on the log. */
    public static <T> Changed<T> to(T value, AuditEvent event) {
        return new Changed<>(value, List.of(event));
    }

    /** A change that is several events. */
    public static <T> Changed<T> to(T value, List<AuditEvent> events) {
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a change without an event needs a reason: Changed.unaudited");
        }
        return new Changed<>(value, List.copyOf(events));
    }

    /** A write that is not on the log, for one of the named reasons. */
    public static <T> Changed<T> unaudited(T value, Unaudited reason) {
        java.util.Objects.requireNonNull(reason);
        return new Changed<>(value, List.of());
    }

    T value() {
        return value;
    }

    List<AuditEvent> events() {
        return events;
    }
}
