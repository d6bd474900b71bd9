package dev.cloister.server.template;

import static java.util.Objects.requireNonNullElse;

import dev.cloister.contract.api.CreateTemplateRequest;
import dev.cloister.contract.api.TemplateAutostartRequirement;
import dev.cloister.contract.api.TemplateAutostopRequirement;
import dev.cloister.contract.api.UpdateTemplateMeta;
import dev.cloister.contract.api.ValidationError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings of a template in the words of a request: what is absent stays as it is. */
final class SettingsRequest {
    private static final int MOST_WEEKS = 16;
    private static final long LONGEST = Duration.ofDays(3650).toMillis();

    private SettingsRequest() {}

    static TemplateSettings of(CreateTemplateRequest request) {
        var usual = TemplateSettings.USUAL;
        var autostop = request.autostopRequirement();
        var autostart = request.autostartRequirement();
        return new TemplateSettings(
                requireNonNullElse(request.defaultTtlMs(), usual.defaultTtl()),
                requireNonNullElse(request.activityBumpMs(), usual.activityBump()),
                autostop == null ? usual.autostopDays() : inOrder(autostop.daysOfWeek()),
                autostop == null ? usual.autostopWeeks() : weeks(autostop),
                autostart == null ? usual.autostartDays() : inOrder(autostart.daysOfWeek()),
                requireNonNullElse(request.allowUserAutostart(), usual.allowUserAutostart()),
                requireNonNullElse(request.allowUserAutostop(), usual.allowUserAutostop()),
                requireNonNullElse(request.allowUserCancelWorkspaceJobs(), usual.allowUserCancelWorkspaceJobs()),
                requireNonNullElse(request.failureTtlMs(), usual.failureTtl()),
                requireNonNullElse(request.dormantTtlMs(), usual.timeTilDormant()),
                requireNonNullElse(request.deleteTtlMs(), usual.timeTilDormantAutodelete()),
                requireNonNullElse(request.timeTilAutostopNotifyMs(), usual.timeTilAutostopNotify()),
                request.requireActiveVersion(),
                requireNonNullElse(request.maxPortShareLevel(), usual.maxPortShareLevel()),
                requireNonNullElse(request.corsBehavior(), usual.corsBehavior()),
                requireNonNullElse(request.templateUseClassicParameterFlow(), usual.useClassicParameterFlow()),
                usual.disableModuleCache());
    }

    static TemplateSettings changed(TemplateSettings before, UpdateTemplateMeta request) {
        var autostop = request.autostopRequirement();
        var autostart = request.autostartRequirement();
        return new TemplateSettings(
                requireNonNullElse(request.defaultTtlMs(), before.defaultTtl()),
                requireNonNullElse(request.activityBumpMs(), before.activityBump()),
                autostop == null ? before.autostopDays() : inOrder(autostop.daysOfWeek()),
                autostop == null ? before.autostopWeeks() : weeks(autostop),
                autostart == null ? before.autostartDays() : inOrder(autostart.daysOfWeek()),
                requireNonNullElse(request.allowUserAutostart(), before.allowUserAutostart()),
                requireNonNullElse(request.allowUserAutostop(), before.allowUserAutostop()),
                requireNonNullElse(request.allowUserCancelWorkspaceJobs(), before.allowUserCancelWorkspaceJobs()),
                requireNonNullElse(request.failureTtlMs(), before.failureTtl()),
                requireNonNullElse(request.timeTilDormantMs(), before.timeTilDormant()),
                requireNonNullElse(request.timeTilDormantAutodeleteMs(), before.timeTilDormantAutodelete()),
                requireNonNullElse(request.timeTilAutostopNotifyMs(), before.timeTilAutostopNotify()),
                requireNonNullElse(request.requireActiveVersion(), before.requireActiveVersion()),
                requireNonNullElse(request.maxPortShareLevel(), before.maxPortShareLevel()),
                requireNonNullElse(request.corsBehavior(), before.corsBehavior()),
                requireNonNullElse(request.useClassicParameterFlow(), before.useClassicParameterFlow()),
                requireNonNullElse(request.disableModuleCache(), before.disableModuleCache()));
    }

    private static List<String> inOrder(Collection<String> days) {
        return TemplateSettings.WEEK.stream().filter(Set.copyOf(days)::contains).toList();
    }

    /** 0 and 1 both mean every week. */
    private static int weeks(TemplateAutostopRequirement requirement) {
        return (int) Math.clamp(requirement.weeks(), 1, MOST_WEEKS);
    }

    static List<ValidationError> problems(CreateTemplateRequest request) {
        var problems = new ArrayList<ValidationError>();
        time("default_ttl_ms", request.defaultTtlMs(), problems);
        time("activity_bump_ms", request.activityBumpMs(), problems);
        time("failure_ttl_ms", request.failureTtlMs(), problems);
        time("dormant_ttl_ms", request.dormantTtlMs(), problems);
        time("delete_ttl_ms", request.deleteTtlMs(), problems);
        time("time_til_autostop_notify_ms", request.timeTilAutostopNotifyMs(), problems);
        requirements(request.autostopRequirement(), request.autostartRequirement(), problems);
        return problems;
    }

    static List<ValidationError> problems(UpdateTemplateMeta request) {
        var problems = new ArrayList<ValidationError>();
        time("default_ttl_ms", request.defaultTtlMs(), problems);
        time("activity_bump_ms", request.activityBumpMs(), problems);
        time("failure_ttl_ms", request.failureTtlMs(), problems);
        time("time_til_dormant_ms", request.timeTilDormantMs(), problems);
        time("time_til_dormant_autodelete_ms", request.timeTilDormantAutodeleteMs(), problems);
        time("time_til_autostop_notify_ms", request.timeTilAutostopNotifyMs(), problems);
        requirements(request.autostopRequirement(), request.autostartRequirement(), problems);
        return problems;
    }

    private static void time(String field, @Nullable Long millis, List<ValidationError> problems) {
        if (millis != null && (millis < 0 || millis > LONGEST)) {
            problems.add(new ValidationError(field, "Must be a number of milliseconds from 0 to " + LONGEST + "."));
        }
    }

    private static void requirements(
            @Nullable TemplateAutostopRequirement autostop,
            @Nullable TemplateAutostartRequirement autostart,
            List<ValidationError> problems) {
        if (autostop != null) {
            days("autostop_requirement.days_of_week", autostop.daysOfWeek(), problems);
            if (autostop.weeks() < 0 || autostop.weeks() > MOST_WEEKS) {
                problems.add(new ValidationError(
                        "autostop_requirement.weeks", "Must be a number of weeks from 0 to " + MOST_WEEKS + "."));
            }
        }
        if (autostart != null) {
            days("autostart_requirement.days_of_week", autostart.daysOfWeek(), problems);
        }
    }

    private static void days(String field, List<String> days, List<ValidationError> problems) {
        if (!TemplateSettings.WEEK.containsAll(days)) {
            problems.add(new ValidationError(field, "Must be days of the week such as monday."));
        } else if (Set.copyOf(days).size() < days.size()) {
            problems.add(new ValidationError(field, "Names a day twice."));
        }
    }
}
