package dev.cloister.cli.schedule;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * When a workspace starts by itself, as people write it: {@code 9:30AM Mon-Fri Europe/Dublin}. The days may be left
 * out, which means every day, and so may the place, which means where this machine is.
 *
 * @param days as in cron: {@code *}, {@code 1,3,5} or {@code Mon-Fri}
 */
public record StartTime(LocalTime time, String days, ZoneId place) {
    private static final Pattern TWELVE = Pattern.compile("(1[0-2]|0?[1-9])(?::([0-5][0-9]))?([AaPp])[Mm]");
    private static final Pattern TWENTY_FOUR = Pattern.compile("([01]?[0-9]|2[0-3]):([0-5][0-9])");
    private static final String DAY = "(?:[0-7]|sun|mon|tue|wed|thu|fri|sat)";
    private static final Pattern DAYS =
            Pattern.compile("\\*|%1$s(?:-%1$s)?(?:,%1$s(?:-%1$s)?)*".formatted(DAY), Pattern.CASE_INSENSITIVE);
    private static final Pattern CRON = Pattern.compile(
            "(?:CRON_TZ=(?<place>\\S+) )?(?<minute>[0-9]{1,2}) (?<hour>[0-9]{1,2}) \\* \\* (?<days>\\S+)");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("h:mma", Locale.ROOT);
    private static final int MOST_WORDS = 3;

    /** Reads what was typed, as one text or as several words. */
    public static StartTime parse(CliContext context, List<String> typed) throws CommandException {
        var words = List.of(String.join(" ", typed).strip().split("\\s+", -1));
        if (words.getFirst().isEmpty() || words.size() > MOST_WORDS) {
            throw CommandException.usage(
                    "When should it start? Write a time, and if you like days and a place: 9:30AM Mon-Fri Europe/Dublin.");
        }
        var time = time(words.getFirst());
        return switch (words.size()) {
            case 1 -> new StartTime(time, "*", here(context));
            case 2 ->
                DAYS.matcher(words.get(1)).matches()
                        ? new StartTime(time, words.get(1), here(context))
                        : new StartTime(time, "*", place(words.get(1)));
            default -> new StartTime(time, days(words.get(1)), place(words.get(2)));
        };
    }

    private static LocalTime time(String word) throws CommandException {
        var twelve = TWELVE.matcher(word);
        if (twelve.matches()) {
            int hour = Integer.parseInt(twelve.group(1)) % 12 + (twelve.group(3).equalsIgnoreCase("p") ? 12 : 0);
            var minute = twelve.group(2);
            return LocalTime.of(hour, minute == null ? 0 : Integer.parseInt(minute));
        }
        var other = TWENTY_FOUR.matcher(word);
        if (other.matches()) {
            return LocalTime.of(Integer.parseInt(other.group(1)), Integer.parseInt(other.group(2)));
        }
        throw CommandException.usage("\"" + word + "\" is no time of the day. Write it like 9:30AM or 09:30.");
    }

    private static String days(String word) throws CommandException {
        if (!DAYS.matcher(word).matches()) {
            throw CommandException.usage(
                    "\"" + word + "\" names no days of the week. Write them like Mon-Fri or 1,3,5.");
        }
        return word;
    }

    private static ZoneId place(String word) throws CommandException {
        if (ZoneId.getAvailableZoneIds().contains(word)) {
            return ZoneId.of(word);
        }
        throw CommandException.usage("\"" + word
                + "\" is neither days of the week nor a place of the time zone database, such as Europe/Dublin.");
    }

    private static ZoneId here(CliContext context) {
        var named = context.settings().environment().getOrDefault("TZ", "").replaceFirst("^:", "");
        var all = ZoneId.getAvailableZoneIds();
        var system = ZoneId.systemDefault();
        if (all.contains(named)) {
            return ZoneId.of(named);
        }
        return all.contains(system.getId()) ? system : ZoneId.of("UTC");
    }

    /** As the server takes it. */
    public String cron() {
        return "CRON_TZ=%s %d %d * * %s".formatted(place.getId(), time.getMinute(), time.getHour(), days);
    }

    /** A schedule of the server in words, or as it is where it is none of this form. */
    static String words(String cron) {
        var match = CRON.matcher(cron);
        if (!match.matches()) {
            return cron;
        }
        try {
            var at = LocalTime.of(Integer.parseInt(match.group("hour")), Integer.parseInt(match.group("minute")));
            var place = match.group("place");
            var days = match.group("days").equals("*") ? "daily" : match.group("days");
            return CLOCK.format(at) + " " + days + " (" + (place == null ? "UTC" : place) + ")";
        } catch (DateTimeException strange) {
            return cron;
        }
    }
}
