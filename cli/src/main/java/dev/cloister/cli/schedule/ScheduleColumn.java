package dev.cloister.cli.schedule;

import dev.cloister.cli.session.TimeSpan;
import dev.cloister.cli.terminal.Column;
import dev.cloister.contract.api.Workspace;
import dev.cloister.contract.api.WorkspaceTransition;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a list of schedules can show. */
public enum ScheduleColumn implements Column<Workspace> {
    WORKSPACE,
    STARTS_AT,
    STARTS_NEXT,
    STOPS_AFTER,
    STOPS_NEXT;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ROOT);

    @Override
    public String cell(Workspace workspace, Instant now) {
        var schedule = workspace.autostartSchedule();
        var ttl = workspace.ttlMs();
        return switch (this) {
            case WORKSPACE -> workspace.ownerName() + "/" + workspace.name();
            case STARTS_AT -> schedule == null || schedule.isEmpty() ? "" : StartTime.words(schedule);
            case STARTS_NEXT -> time(workspace.nextStartAt());
            case STOPS_AFTER -> ttl == null ? "" : TimeSpan.text(Duration.ofMillis(ttl));
            case STOPS_NEXT -> stop(workspace, now);
        };
    }

    private static String stop(Workspace workspace, Instant now) {
        var build = workspace.latestBuild();
        var deadline = build.deadline();
        if (build.transition() != WorkspaceTransition.START || deadline == null || deadline.isBefore(Instant.EPOCH)) {
            return "";
        }
        return time(deadline) + (deadline.isAfter(now) ? " (in " + text(Duration.between(now, deadline)) + ")" : "");
    }

    private static String text(Duration span) {
        return span.toMinutes() == 0 ? "less than 1m" : TimeSpan.text(span);
    }

    private static String time(@Nullable Instant time) {
        return time == null || time.isBefore(Instant.EPOCH)
                ? ""
                : TIME.withZone(ZoneId.systemDefault()).format(time);
    }

    @Override
    public String toString() {
        return Column.name(this);
    }
}
