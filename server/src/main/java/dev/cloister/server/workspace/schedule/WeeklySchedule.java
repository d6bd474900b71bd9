package dev.cloister.server.workspace.schedule;

import dev.cloister.server.platform.Failure;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Times of the week, as {@code CRON_TZ=Europe/Berlin 30 9 * * 1-5}: minute, hour, two stars, days of the week. Without a
 * time zone it is UTC. A time that the change to summer time leaves out does not happen that day; one that the change
 * back repeats happens once.
 */
public final class WeeklySchedule {
    private static final int LONGEST = 256;
    /** No pattern of week days is empty for longer. */
    private static final int DAYS_AHEAD = 15;

    private final String text;
    private final ZoneId zone;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;

    private WeeklySchedule(String text, ZoneId zone, BitSet minutes, BitSet hours, BitSet days) {
        this.text = text;
        this.zone = zone;
        this.minutes = minutes;
        this.hours = hours;
        this.days = days;
    }

    /**
     * Reads a schedule.
     *
     * @throws Failure.Invalid naming the field {@code schedule} and what is wrong with it
     */
    public static WeeklySchedule parse(String text) {
        return parse("schedule", text);
    }

    /** Reads a schedule that came in a field of this name. */
    public static WeeklySchedule parse(String field, String text) {
        try {
            return read(text);
        } catch (IllegalArgumentException e) {
            throw new Failure.Invalid("Invalid schedule.", field, "Is no weekly schedule: " + e.getMessage() + ".");
        }
    }

    /** One time of each day, at which quiet hours begin. */
    public static WeeklySchedule daily(String field, String text) {
        WeeklySchedule schedule = parse(field, text);
        boolean once = schedule.minutes.cardinality() == 1 && schedule.hours.cardinality() == 1;
        if (!once || schedule.days.cardinality() != 7) {
            throw new Failure.Invalid("Invalid schedule.", field, "Must name one minute and one hour of every day.");
        }
        return schedule;
    }

    /** A schedule that was checked before it was stored. */
    public static WeeklySchedule stored(String text) {
        return read(text);
    }

    private static WeeklySchedule read(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("it is longer than " + LONGEST + " characters");
        }
        String rest = text.strip();
        ZoneId zone = ZoneOffset.UTC;
        for (String prefix : new String[] {"CRON_TZ=", "TZ="}) {
            if (rest.startsWith(prefix)) {
                int space = rest.indexOf(' ');
                zone = zone(space < 0 ? rest.substring(prefix.length()) : rest.substring(prefix.length(), space));
                rest = space < 0 ? "" : rest.substring(space).strip();
                break;
            }
        }
        String[] fields = rest.split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException("it must have five fields, minute, hour, *, * and days of the week");
        }
        if (!fields[2].equals("*") || !fields[3].equals("*")) {
            throw new IllegalArgumentException("the day of the month and the month must be *");
        }
        return new WeeklySchedule(
                text.strip(),
                zone,
                CronField.minutes(fields[0]),
                CronField.hours(fields[1]),
                CronField.days(fields[4]));
    }

    private static ZoneId zone(String name) {
        try {
            // The server's own zone is nobody's business and differs between replicas.
            if (!name.equals("Local") && !name.isEmpty()) {
                return ZoneId.of(name);
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw new IllegalArgumentException("the time zone must be a name such as Europe/Berlin");
    }

    /** The next time after {@code instant}. */
    public Instant next(Instant instant) {
        return next(instant, day -> true).orElseThrow();
    }

    /** The next time after {@code instant} on a day that will do; empty where none will. */
    public Optional<Instant> next(Instant instant, Predicate<DayOfWeek> allowed) {
        LocalDate first = instant.atZone(zone).toLocalDate();
        for (int ahead = 0; ahead < DAYS_AHEAD; ahead++) {
            LocalDate day = first.plusDays(ahead);
            if (days.get(day.getDayOfWeek().getValue() % 7) && allowed.test(day.getDayOfWeek())) {
                Optional<Instant> found = firstOn(day, instant);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Instant> firstOn(LocalDate day, Instant after) {
        for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                LocalDateTime time = day.atTime(hour, minute);
                var offsets = zone.getRules().getValidOffsets(time);
                if (!offsets.isEmpty() && time.toInstant(offsets.getFirst()).isAfter(after)) {
                    return Optional.of(time.toInstant(offsets.getFirst()));
                }
            }
        }
        return Optional.empty();
    }

    /** The first time of a day. */
    ZonedDateTime on(LocalDate day) {
        return day.atTime(time()).atZone(zone);
    }

    /** The first time of the day. */
    LocalTime time() {
        return LocalTime.of(hours.nextSetBit(0), minutes.nextSetBit(0));
    }

    /** The day of the week that it is then, where the schedule is at home. */
    public DayOfWeek dayAt(Instant instant) {
        return instant.atZone(zone).getDayOfWeek();
    }

    ZoneId zone() {
        return zone;
    }

    /** The name of the time zone, as it was written. */
    public String zoneName() {
        return zone == ZoneOffset.UTC ? "UTC" : zone.getId();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
