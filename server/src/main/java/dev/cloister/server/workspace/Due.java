package dev.cloister.server.workspace;

import dev.cloister.server.notification.Occasion;

/**
 * What a workspace can be due for, as a SQL condition on the workspace {@code w}, its owner {@code u}, its template
 * {@code t}, its latest build {@code b} and that one's job {@code j}, whose end is given.
 */
enum Due {
    /** Its time is over, or its owner may no longer work. */
    STOP("b.transition = 'start' AND " + Due.Words.SUCCEEDED + " AND (b.deadline <= :now OR u.status = 'suspended')"),
    /**
     * Its time is over soon, and its owner has not been told within as long. Where the time is extended after that, they
     * are told again before its new end.
     */
    REMINDER("b.transition = 'start' AND " + Due.Words.SUCCEEDED + " AND t.time_til_autostop_notify > 0"
            + " AND b.deadline > :now"
            + " AND b.deadline - t.time_til_autostop_notify * interval '1 millisecond' <= :now"
            + " AND NOT EXISTS (SELECT 1 FROM notification_messages m WHERE m.user_id = w.owner_id"
            + " AND m.template_id = '" + Occasion.WORKSPACE_STOPS_SOON.id() + "' AND w.id = ANY(m.targets)"
            + " AND m.created_at > :now - t.time_til_autostop_notify * interval '1 millisecond')"),
    /** Its schedule has come round. */
    START("w.next_start_at <= :now AND w.autostart_schedule IS NOT NULL"),
    /** Its start failed and is not to be kept for longer. */
    CLEAN_UP("b.transition = 'start' AND j.error <> '' AND t.failure_ttl > 0"
            + " AND j.completed_at + t.failure_ttl * interval '1 millisecond' <= :now"),
    /** Nobody has used it for long. */
    SLEEP("w.dormant_at IS NULL AND t.time_til_dormant > 0"
            + " AND w.last_used_at + t.time_til_dormant * interval '1 millisecond' <= :now"),
    /** It runs although it was put to sleep. */
    STOP_ASLEEP("w.dormant_at <= :now AND b.transition = 'start' AND " + Due.Words.SUCCEEDED),
    /** It has slept for too long; a deletion that failed is tried again after a day. */
    DELETE("w.dormant_at IS NOT NULL AND w.deleting_at <= :now"
            + " AND (b.transition <> 'delete' OR j.completed_at < :now - interval '1 day')");

    /** A constant of the enum itself could not be used in its values. */
    private static final class Words {
        static final String SUCCEEDED = "j.error = '' AND j.canceled_at IS NULL";
    }

    private final String sql;

    Due(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }
}
