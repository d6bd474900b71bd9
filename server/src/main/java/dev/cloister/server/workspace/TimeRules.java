package dev.cloister.server.workspace;

import dev.cloister.server.platform.Failure;
import dev.cloister.server.platform.sql.ReadTx;
import dev.cloister.server.template.TemplateId;
import dev.cloister.server.template.TemplateVersionId;
import dev.cloister.server.workspace.schedule.QuietHoursService;
import dev.cloister.server.workspace.schedule.TemplateSchedule;
import dev.cloister.server.workspace.schedule.TemplateScheduleRepository;
import dev.cloister.server.workspace.schedule.WeeklySchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What holds for the times of one workspace: its owner's choice within the template's rules. */
final class TimeRules {
    private static final long SHORTEST_TTL = Duration.ofMinutes(1).toMillis();
    private static final long LONGEST_TTL = Duration.ofDays(30).toMillis();

    private final TemplateScheduleRepository templates;
    private final QuietHoursService quietHours;

    TimeRules(TemplateScheduleRepository templates, QuietHoursService quietHours) {
        this.templates = templates;
        this.quietHours = quietHours;
    }

    /**
     * When a started workspace stops.
     *
     * @param at which use can put off, null for never
     * @param latest which nothing puts off, null for never
     */
    record Stop(@Nullable Instant at, @Nullable Instant latest) {}

    TemplateSchedule of(ReadTx tx, TemplateId template) {
        return templates.of(tx, template.value());
    }

    /** The version that new workspaces of the template are built from. */
    TemplateVersionId activeVersion(ReadTx tx, TemplateId template) {
        return new TemplateVersionId(templates.activeVersion(tx, template.value()));
    }

    /**
     * What an owner chooses, checked.
     *
     * @param schedule null or empty for none
     * @param ttl milliseconds, null or 0 for none
     * @throws Failure.Invalid where it makes no sense or the template does not let owners choose
     */
    Workspace.Times chosen(TemplateSchedule rules, @Nullable String schedule, @Nullable Long ttl, Instant now) {
        String wanted = schedule == null ? "" : schedule.strip();
        if (!wanted.isEmpty() && !rules.allowUserAutostart()) {
            throw new Failure.Invalid(
                    "Validation failed.", "schedule", "The template does not let its workspaces start by a schedule.");
        }
        WeeklySchedule parsed = wanted.isEmpty() ? null : WeeklySchedule.parse(wanted);
        return new Workspace.Times(
                parsed == null ? null : parsed.toString(), parsed == null ? null : parsed.next(now), ttl(rules, ttl));
    }

    private static @Nullable Long ttl(TemplateSchedule rules, @Nullable Long ttl) {
        if (ttl == null || ttl == 0) {
            return null;
        }
        // Whatever the template's author chose is not for owners to have checked.
        if (ttl == rules.defaultTtl()) {
            return ttl;
        }
        if (ttl < SHORTEST_TTL || ttl > LONGEST_TTL) {
            throw new Failure.Invalid("Validation failed.", "ttl_ms", "Must be from one minute to 30 days, or 0.");
        }
        if (!rules.allowUserAutostop()) {
            throw new Failure.Invalid(
                    "Validation failed.", "ttl_ms", "The template does not let owners choose when workspaces stop.");
        }
        return ttl;
    }

    /** When a workspace that starts now stops. */
    Stop stop(ReadTx tx, Workspace workspace, Instant now) {
        TemplateSchedule rules = of(tx, workspace.templateId());
        Instant latest = rules.latestStop(now, quietHours.ofOwner(tx, workspace.ownerId()))
                .orElse(null);
        return new Stop(earlier(wanted(rules, workspace, now), latest), latest);
    }

    private static @Nullable Instant wanted(TemplateSchedule rules, Workspace workspace, Instant now) {
        Long ttl = rules.allowUserAutostop() ? workspace.ttl() : Long.valueOf(rules.defaultTtl());
        return ttl == null || ttl == 0 ? null : now.plusMillis(ttl);
    }

    private static @Nullable Instant earlier(@Nullable Instant wanted, @Nullable Instant latest) {
        if (wanted == null || latest == null) {
            return wanted == null ? latest : wanted;
        }
        return wanted.isBefore(latest) ? wanted : latest;
    }

    /** When the schedule of a workspace comes round next; empty for one without. */
    static Optional<Instant> nextStart(Workspace workspace, Instant now) {
        return Optional.ofNullable(workspace.autostartSchedule())
                .map(schedule -> WeeklySchedule.stored(schedule).next(now));
    }
}
