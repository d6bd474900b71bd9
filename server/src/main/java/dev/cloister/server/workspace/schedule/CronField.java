package dev.cloister.server.workspace.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One field of a cron expression, read into the set of values that it matches. */
final class CronField {
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private final String name;
    private final int least;
    private final int most;

    private CronField(String name, int least, int most) {
        this.name = name;
        this.least = least;
        this.most = most;
    }

    static BitSet minutes(String text) {
        return new CronField("minute", 0, 59).read(text);
    }

    static BitSet hours(String text) {
        return new CronField("hour", 0, 23).read(text);
    }

    /** Days of the week, 0 for Sunday. */
    static BitSet days(String text) {
        return new CronField("day of the week", 0, 6).read(text);
    }

    private BitSet read(String text) {
        var values = new BitSet();
        for (String part : text.split(",", -1)) {
            add(part, values);
        }
        return values;
    }

    /** {@code *}, a value, or a range, each with an optional step. */
    private void add(String part, BitSet values) {
        int slash = part.indexOf('/');
        String range = slash < 0 ? part : part.substring(0, slash);
        int step = slash < 0 ? 1 : number(part.substring(slash + 1), 1, most);
        int dash = range.indexOf('-');
        int from = least;
        int to = most;
        if (!range.equals("*")) {
            from = value(dash < 0 ? range : range.substring(0, dash));
            to = dash < 0 ? (slash < 0 ? from : most) : value(range.substring(dash + 1));
        }
        if (from > to) {
            throw new IllegalArgumentException("the range of the " + name + " ends before it begins");
        }
        for (int value = from; value <= to; value += step) {
            values.set(value);
        }
    }

    private int value(String text) {
        @Nullable Integer day = most == 6 ? dayNamed(text) : null;
        return day == null ? number(text, least, most) : day;
    }

    private static @Nullable Integer dayNamed(String text) {
        int index = DAYS.indexOf(text.toLowerCase(Locale.ROOT));
        return index < 0 ? null : index;
    }

    private int number(String text, int from, int to) {
        if (text.matches("\\d{1,2}")) {
            int number = Integer.parseInt(text);
            if (number >= from && number <= to) {
                return number;
            }
        }
        throw new IllegalArgumentException("the " + name + " must be from " + from + " to " + to);
    }
}
