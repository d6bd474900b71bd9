package dev.cloister.contract.agent;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When a script runs by itself: seconds, minutes, hours, days of the month, months and, if given, days of the week, as
 * in {@code 0 30 9 * * mon-fri}. A time zone may go before, as in {@code CRON_TZ=Europe/Berlin 0 0 22 * *}.
 *
 * <p>As with cron, a day is right when it is one of the month's or one of the week's, where both are limited. A time
 * that the clocks skip comes when they have skipped it; one that they repeat comes once.
 */
public final class CronSchedule {
    private static final int LONGEST = 200;
    private static final int FIELDS = 5;
    private static final int YEARS = 8;

    private final Optional<ZoneId> zone;
    private final CronField seconds;
    private final CronField minutes;
    private final CronField hours;
    private final CronField days;
    private final CronField months;
    private final CronField weekdays;

    private CronSchedule(Optional<ZoneId> zone, String[] fields) {
        this.zone = zone;
        this.seconds = CronField.parse("second", fields[0], 0, 59);
        this.minutes = CronField.parse("minute", fields[1], 0, 59);
        this.hours = CronField.parse("hour", fields[2], 0, 23);
        this.days = CronField.parse("day of the month", fields[3], 1, 31);
        this.months = CronField.months(fields[4]);
        this.weekdays = CronField.weekdays(fields.length > FIELDS ? fields[FIELDS] : "*");
    }

    /** @throws IllegalArgumentException with what is wrong, as the end of a sentence */
    public static CronSchedule parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("is longer than " + LONGEST + " characters");
        }
        var rest = text.strip();
        Optional<ZoneId> zone = Optional.empty();
        if (rest.startsWith("CRON_TZ=") || rest.startsWith("TZ=")) {
            var parts = rest.split("\\s+", 2);
            zone = Optional.of(zone(parts[0].substring(parts[0].indexOf('=') + 1)));
            rest = parts.length > 1 ? parts[1] : "";
        }
        var fields = rest.split("\\s+", -1);
        if (fields.length < FIELDS || fields.length > FIELDS + 1) {
            throw new IllegalArgumentException("needs five or six fields: second, minute, hour, day of the month, month"
                    + " and, if wanted, day of the week");
        }
        return new CronSchedule(zone, fields);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException("names an unknown time zone, \"" + name + "\"", unknown);
        }
    }

    /** The first time after the given one; nothing for a day that never comes, such as the 31st of February. */
    public Optional<ZonedDateTime> next(ZonedDateTime after) {
        var from = zone.map(after::withZoneSameInstant).orElse(after);
        var time = from.toLocalDateTime().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        var end = time.plusYears(YEARS);
        while (time.isBefore(end)) {
            var right = later(time);
            if (right.equals(time)) {
                var found = time.atZone(from.getZone());
                if (found.isAfter(from)) {
                    return Optional.of(found);
                }
                right = time.plusSeconds(1);
            }
            time = right;
        }
        return Optional.empty();
    }

    /** The same time if it is right, else the beginning of the next month, day, hour, minute or second. */
    private LocalDateTime later(LocalDateTime time) {
        if (!months.has(time.getMonthValue())) {
            return time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
        }
        if (!isRightDay(time)) {
            return time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
        }
        if (!hours.has(time.getHour())) {
            return time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
        }
        if (!minutes.has(time.getMinute())) {
            return time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        }
        return seconds.has(time.getSecond()) ? time : time.plusSeconds(1);
    }

    private boolean isRightDay(LocalDateTime time) {
        var ofMonth = days.has(time.getDayOfMonth());
        var ofWeek = weekdays.has(time.getDayOfWeek().getValue() % 7);
        return days.isEvery() || weekdays.isEvery() ? ofMonth && ofWeek : ofMonth || ofWeek;
    }
}
