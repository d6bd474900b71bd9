package dev.cloister.cli.session;

import java.time.Duration;
import java.util.regex.Pattern;

/** Lengths of time as people write them. */
public final class TimeSpan {
    private static final Pattern WHOLE = Pattern.compile("(?:[0-9]{1,6}[dhms])+");
    private static final Pattern PART = Pattern.compile("([0-9]+)([dhms])");
    private static final Pattern MINUTES = Pattern.compile("[0-9]{1,6}");

    private TimeSpan() {}

    /** Such as {@code 30d}, {@code 1h30m} or {@code 45s}. */
    public static Duration parse(String text) throws CommandException {
        if (!WHOLE.matcher(text).matches()) {
            throw CommandException.usage("\"" + text + "\" is no duration. Write it like 30d, 12h, 1h30m or 90m.");
        }
        var total = Duration.ZERO;
        for (var part = PART.matcher(text); part.find(); ) {
            long number = Long.parseLong(part.group(1));
            total = total.plus(
                    switch (part.group(2)) {
                        case "d" -> Duration.ofDays(number);
                        case "h" -> Duration.ofHours(number);
                        case "m" -> Duration.ofMinutes(number);
                        default -> Duration.ofSeconds(number);
                    });
        }
        return total;
    }

    /** The same, where a number alone means minutes. */
    public static Duration parseOrMinutes(String text) throws CommandException {
        return MINUTES.matcher(text).matches() ? Duration.ofMinutes(Long.parseLong(text)) : parse(text);
    }

    /** A length in days, hours and minutes, such as {@code 8h} or {@code 1d12h}; empty for nothing. */
    public static String text(Duration span) {
        var text = new StringBuilder();
        append(text, span.toDays(), "d");
        append(text, span.toHoursPart(), "h");
        append(text, span.toMinutesPart(), "m");
        return text.isEmpty() && !span.isZero() ? span.toSeconds() + "s" : text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(number).append(unit);
        }
    }
}
