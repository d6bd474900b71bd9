package dev.cloister.server.workspace.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.Set;

/**
 * What a template says about the times of its workspaces.
 *
 * @param defaultTtl milliseconds after which a started workspace stops where its owner may not say; 0 for never
 * @param activityBump milliseconds that use puts the stop off by; 0 for not at all
 * @param startDays on which workspaces may start by a schedule
 * @param requiredStopDays on which workspaces must stop in their owner's quiet hours
 * @param requiredStopWeeks of how many weeks one counts
 * @param timeTilDormant milliseconds of disuse after which a workspace is put to sleep; 0 for never
 * @param timeTilDormantAutodelete milliseconds of sleep after which it is deleted; 0 for never
 */
public record TemplateSchedule(
        long defaultTtl,
        long activityBump,
        boolean allowUserAutostart,
        boolean allowUserAutostop,
        Set<DayOfWeek> startDays,
        Set<DayOfWeek> requiredStopDays,
        long requiredStopWeeks,
        long timeTilDormant,
        long timeTilDormantAutodelete,
        boolean requireActiveVersion) {
    public TemplateSchedule {
        startDays = Set.copyOf(startDays);
        requiredStopDays = Set.copyOf(requiredStopDays);
    }

    /** Weeks are counted from here, a Monday, so that all deployments and replicas count alike. */
    private static final LocalDate FIRST_MONDAY = LocalDate.of(2023, 1, 2);
    /** A workspace that starts so shortly before its quiet hours is left alone until the next ones. */
    private static final long SHORTEST_RUN_HOURS = 1;

    /** Whether workspaces may start by a schedule on that day. */
    public boolean mayStartOn(DayOfWeek day) {
        return allowUserAutostart && startDays.contains(day);
    }

    /** When a workspace of that schedule starts next; empty where the template never lets it. */
    public Optional<Instant> nextStart(WeeklySchedule schedule, Instant after) {
        return schedule.next(after, this::mayStartOn);
    }

    /**
     * When a workspace that starts now must have stopped whatever its owner does; empty for never.
     *
     * @param quietHours of its owner
     */
    public Optional<Instant> latestStop(Instant now, WeeklySchedule quietHours) {
        if (requiredStopDays.isEmpty()) {
            return Optional.empty();
        }
        long weeks = Math.max(1, requiredStopWeeks);
        Instant earliest = now.plus(SHORTEST_RUN_HOURS, ChronoUnit.HOURS);
        LocalDate first = earliest.atZone(quietHours.zone()).toLocalDate();
        for (long ahead = 0; ahead <= weeks * 7 + 7; ahead++) {
            LocalDate day = first.plusDays(ahead);
            Instant begin = quietHours.on(day).toInstant();
            if (requiredStopDays.contains(day.getDayOfWeek()) && counts(day, weeks) && !begin.isBefore(earliest)) {
                return Optional.of(begin);
            }
        }
        return Optional.empty();
    }

    private static boolean counts(LocalDate day, long weeks) {
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return Math.floorMod(ChronoUnit.WEEKS.between(FIRST_MONDAY, monday), weeks) == 0;
    }
}
