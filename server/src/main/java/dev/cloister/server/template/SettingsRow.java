package dev.cloister.server.template;

import dev.cloister.contract.api.CORSBehavior;
import dev.cloister.contract.api.WorkspaceAgentPortShareLevel;
import dev.cloister.server.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.jdbi.v3.core.statement.Update;

/** The columns of a template's settings. */
final class SettingsRow {
    static final String COLUMNS = """
            default_ttl, activity_bump, autostop_days, autostop_weeks, autostart_days, allow_user_autostart,
            allow_user_autostop, allow_user_cancel_workspace_jobs, failure_ttl, time_til_dormant,
            time_til_dormant_autodelete, time_til_autostop_notify, require_active_version, max_port_share_level,
            cors_behavior, use_classic_parameter_flow, disable_module_cache""";

    /** The values of {@link #COLUMNS}, given by {@link #bind}. */
    static final String VALUES = """
            :ttl, :bump, :autostopDays, :autostopWeeks, :autostartDays, :autostart,
            :autostop, :cancel, :failure, :dormant,
            :autodelete, :notify, :requireActive, :portShare,
            :cors, :classic, :noCache""";

    private SettingsRow() {}

    static Update bind(Update statement, TemplateSettings settings) {
        return statement
                .bind("ttl", settings.defaultTtl())
                .bind("bump", settings.activityBump())
                .bindArray("autostopDays", String.class, settings.autostopDays().toArray())
                .bind("autostopWeeks", settings.autostopWeeks())
                .bindArray(
                        "autostartDays", String.class, settings.autostartDays().toArray())
                .bind("autostart", settings.allowUserAutostart())
                .bind("autostop", settings.allowUserAutostop())
                .bind("cancel", settings.allowUserCancelWorkspaceJobs())
                .bind("failure", settings.failureTtl())
                .bind("dormant", settings.timeTilDormant())
                .bind("autodelete", settings.timeTilDormantAutodelete())
                .bind("notify", settings.timeTilAutostopNotify())
                .bind("requireActive", settings.requireActiveVersion())
                .bind("portShare", settings.maxPortShareLevel().name().toLowerCase(Locale.ROOT))
                .bind("cors", settings.corsBehavior().name().toLowerCase(Locale.ROOT))
                .bind("classic", settings.useClassicParameterFlow())
                .bind("noCache", settings.disableModuleCache());
    }

    static TemplateSettings map(ResultSet row) throws SQLException {
        return new TemplateSettings(
                row.getLong("default_ttl"),
                row.getLong("activity_bump"),
                Columns.texts(row, "autostop_days"),
                row.getInt("autostop_weeks"),
                Columns.texts(row, "autostart_days"),
                row.getBoolean("allow_user_autostart"),
                row.getBoolean("allow_user_autostop"),
                row.getBoolean("allow_user_cancel_workspace_jobs"),
                row.getLong("failure_ttl"),
                row.getLong("time_til_dormant"),
                row.getLong("time_til_dormant_autodelete"),
                row.getLong("time_til_autostop_notify"),
                row.getBoolean("require_active_version"),
                WorkspaceAgentPortShareLevel.valueOf(upper(row, "max_port_share_level")),
                CORSBehavior.valueOf(upper(row, "cors_behavior")),
                row.getBoolean("use_classic_parameter_flow"),
                row.getBoolean("disable_module_cache"));
    }

    private static String upper(ResultSet row, String column) throws SQLException {
        return row.getString(column).toUpperCase(Locale.ROOT);
    }
}
