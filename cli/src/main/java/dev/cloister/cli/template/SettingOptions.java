package dev.cloister.cli.template;

import dev.cloister.contract.api.TemplateAutostartRequirement;
import dev.cloister.contract.api.TemplateAutostopRequirement;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a template decides for its workspaces; what is not given stays as it is. */
final class SettingOptions {
    private static final List<String> WEEK =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    @Option(
            names = "--default-ttl",
            paramLabel = "TIME",
            converter = LongTime.class,
            description = "After which new workspaces stop, such as 8h; 0 for never.")
    @Nullable
    Long defaultTtl;

    @Option(
            names = "--activity-bump",
            paramLabel = "TIME",
            converter = LongTime.class,
            description = "By which use puts that off; 0 for not at all.")
    @Nullable
    Long activityBump;

    @Option(
            names = "--failure-ttl",
            paramLabel = "TIME",
            converter = LongTime.class,
            description = "After which a workspace whose start failed is stopped; 0 for never.")
    @Nullable
    Long failureTtl;

    @Option(
            names = "--dormancy-threshold",
            paramLabel = "TIME",
            converter = LongTime.class,
            description = "Without use after which a workspace goes dormant; 0 for never.")
    @Nullable
    Long dormancy;

    @Option(
            names = "--dormancy-auto-deletion",
            paramLabel = "TIME",
            converter = LongTime.class,
            description = "Of dormancy after which a workspace is deleted; 0 for never.")
    @Nullable
    Long autodelete;

    @Option(
            names = "--autostart-requirement-weekdays",
            paramLabel = "DAY",
            split = ",",
            description = "Days on which workspaces may start by schedule, or \"all\".")
    private @Nullable List<String> autostartDays;

    @Option(
            names = "--autostop-requirement-weekdays",
            paramLabel = "DAY",
            split = ",",
            description = "Days on which workspaces must stop once, or \"none\".")
    private @Nullable List<String> autostopDays;

    @Option(
            names = "--autostop-requirement-weeks",
            paramLabel = "WEEKS",
            description = "Every how many weeks, with --autostop-requirement-weekdays.")
    private long autostopWeeks = 1;

    @Option(
            names = "--allow-user-autostart",
            arity = "1",
            paramLabel = "BOOL",
            description = "Whether people may set a schedule.")
    @Nullable
    Boolean userAutostart;

    @Option(
            names = "--allow-user-autostop",
            arity = "1",
            paramLabel = "BOOL",
            description = "Whether people may change when their workspaces stop.")
    @Nullable
    Boolean userAutostop;

    @Option(
            names = "--allow-user-cancel-workspace-jobs",
            arity = "1",
            paramLabel = "BOOL",
            description = "Whether people may cancel builds.")
    @Nullable
    Boolean userCancel;

    @Option(
            names = "--require-active-version",
            arity = "1",
            paramLabel = "BOOL",
            description = "Whether builds use the active version.")
    @Nullable
    Boolean activeVersion;

    @Option(names = "--private", description = "Take the template away from those who were not given it by name.")
    private boolean closed;

    @Nullable
    TemplateAutostartRequirement autostart() {
        return autostartDays == null ? null : new TemplateAutostartRequirement(days(autostartDays));
    }

    @Nullable
    TemplateAutostopRequirement autostop() {
        return autostopDays == null ? null : new TemplateAutostopRequirement(days(autostopDays), autostopWeeks);
    }

    private static List<String> days(List<String> given) {
        List<String> days = given.stream()
                .map(day -> day.strip().toLowerCase(Locale.ROOT))
                .filter(day -> !day.isEmpty())
                .toList();
        if (days.equals(List.of("all"))) {
            return WEEK;
        }
        return days.equals(List.of("none")) ? List.of() : days;
    }

    @Nullable
    Boolean closed() {
        return closed ? true : null;
    }
}
