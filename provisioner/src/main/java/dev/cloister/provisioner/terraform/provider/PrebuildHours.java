package dev.cloister.provisioner.terraform.provider;

import java.util.BitSet;
import java.util.List;

/**
 * When a preset wants how many workspaces kept ready: five fields of cron with any minute, that is whole hours. Two
 * schedules of one preset may not speak of the same hour.
 */
record PrebuildHours(BitSet hours, BitSet days, BitSet months, BitSet weekdays) {
    private static final int FIELDS = 5;

    static void check(List<Object> path, String name, String text, Findings findings) {
        try {
            parse(text);
        } catch (IllegalArgumentException e) {
            findings.error(path, name + " " + e.getMessage());
        }
    }

    /** @throws IllegalArgumentException with what is wrong, as the end of a sentence */
    static PrebuildHours parse(String text) {
        String[] fields = text.strip().split("\\s+");
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(
                    "must have five fields: *, hour, day of the month, month and day of the week");
        }
        if (!fields[0].equals("*")) {
            throw new IllegalArgumentException(
                    "must have * for its minute, because only whole hours can be told apart");
        }
        return new PrebuildHours(
                field("hour", fields[1], 0, 23),
                field("day of the month", fields[2], 1, 31),
                field("month", fields[3], 1, 12),
                field("day of the week", fields[4], 0, 6));
    }

    private static BitSet field(String name, String text, int low, int high) {
        var set = new BitSet();
        for (String part : text.split(",", -1)) {
            String[] range = part.equals("*") ? new String[] {"" + low, "" + high} : part.split("-", -1);
            try {
                int from = Integer.parseInt(range[0]);
                int to = Integer.parseInt(range[range.length - 1]);
                if (range.length > 2 || from < low || to > high || from > to) {
                    throw new NumberFormatException();
                }
                set.set(from, to + 1);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "has \"" + part + "\" for its " + name + ", which must be within " + low + "-" + high, e);
            }
        }
        return set;
    }

    /** Whether some hour belongs to both. As with cron, a limited day of either kind is enough where both are limited. */
    boolean meets(PrebuildHours other) {
        return hours.intersects(other.hours) && months.intersects(other.months) && meetOnADay(other);
    }

    private boolean meetOnADay(PrebuildHours other) {
        boolean byDate = days.cardinality() < 31 && other.days.cardinality() < 31;
        boolean byWeekday = weekdays.cardinality() < 7 && other.weekdays.cardinality() < 7;
        if (byDate && byWeekday) {
            return days.intersects(other.days) || weekdays.intersects(other.weekdays);
        }
        if (byDate) {
            return days.intersects(other.days);
        }
        return !byWeekday || weekdays.intersects(other.weekdays);
    }
}
