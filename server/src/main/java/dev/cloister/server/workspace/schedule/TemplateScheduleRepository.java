package dev.cloister.server.workspace.schedule;

import dev.cloister.server.platform.sql.ReadTx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What templates say about the times of their workspaces, for workspaces that were reached with a permit or a job. */
public final class TemplateScheduleRepository {
    /** The columns of templates {@code t} that {@link #map} reads. */
    public static final String COLUMNS = """
            t.default_ttl, t.activity_bump, t.allow_user_autostart, t.allow_user_autostop,
            t.autostart_days, t.autostop_days, t.autostop_weeks,
            t.time_til_dormant, t.time_til_dormant_autodelete, t.require_active_version""";

    /** The rules of one template. */
    public TemplateSchedule of(ReadTx tx, UUID template) {
        return tx.query("SELECT " + COLUMNS + " FROM templates t WHERE t.id = :id")
                .bind("id", template)
                .map((row, context) -> map(row))
                .one();
    }

    /** The version of a template that new workspaces are built from. */
    public UUID activeVersion(ReadTx tx, UUID template) {
        return tx.query("SELECT active_version_id FROM templates WHERE id = :id")
                .bind("id", template)
                .mapTo(UUID.class)
                .one();
    }

    /** The rules in a row that has {@link #COLUMNS}. */
    public static TemplateSchedule map(ResultSet row) throws SQLException {
        return new TemplateSchedule(
                row.getLong("default_ttl"),
                row.getLong("activity_bump"),
                row.getBoolean("allow_user_autostart"),
                row.getBoolean("allow_user_autostop"),
                days(row, "autostart_days"),
                days(row, "autostop_days"),
                row.getLong("autostop_weeks"),
                row.getLong("time_til_dormant"),
                row.getLong("time_til_dormant_autodelete"),
                row.getBoolean("require_active_version"));
    }

    private static Set<DayOfWeek> days(ResultSet row, String column) throws SQLException {
        return Arrays.stream((String[]) row.getArray(column).getArray())
                .map(day -> DayOfWeek.valueOf(day.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
