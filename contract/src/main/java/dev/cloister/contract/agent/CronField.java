package dev.cloister.contract.agent;

import java.util.List;
import java.util.Locale;

/**
 * One field of a schedule: the numbers it allows, as bits.
 *
 * @param isEvery whether it is a star without a step, which for days makes a difference to a list of all of them
 */
record CronField(long bits, boolean isEvery) {
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> WEEKDAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final int SUNDAY_AGAIN = 7;

    boolean has(int number) {
        return (bits >> number & 1) == 1;
    }

    static CronField months(String text) {
        return parse("month", text, 1, 12, MONTHS);
    }

    /** Sunday is 0, and 7 too. */
    static CronField weekdays(String text) {
        var field = parse("day of the week", text, 0, SUNDAY_AGAIN, WEEKDAYS);
        return new CronField(field.bits | field.bits >> SUNDAY_AGAIN & 1, field.isEvery);
    }

    static CronField parse(String name, String text, int least, int most) {
        return parse(name, text, least, most, List.of());
    }

    private static CronField parse(String name, String text, int least, int most, List<String> words) {
        long bits = 0;
        boolean every = false;
        for (var part : text.split(",", -1)) {
            var one = new Part(name, part, least, most, words);
            bits |= one.bits();
            every |= one.isStar() && !text.contains("/");
        }
        return new CronField(bits, every);
    }

    /** {@code *}, {@code 5}, {@code 1-5}, each with {@code /step} or without. */
    private record Part(String name, String text, int least, int most, List<String> words) {
        boolean isStar() {
            return text.startsWith("*") || text.startsWith("?");
        }

        long bits() {
            var slash = text.split("/", -1);
            var range = slash[0].split("-", -1);
            if (slash.length > 2 || range.length > 2) {
                throw wrong();
            }
            int step = slash.length == 2 ? number(slash[1]) : 1;
            int first = isStar() ? least : value(range[0]);
            int last = range.length == 2 ? value(range[1]) : isStar() || slash.length == 2 ? most : first;
            if (step < 1 || first < least || last > most || first > last || (isStar() && slash[0].length() > 1)) {
                throw wrong();
            }
            long bits = 0;
            for (int number = first; number <= last; number += step) {
                bits |= 1L << number;
            }
            return bits;
        }

        private int value(String word) {
            int index = words.indexOf(word.toLowerCase(Locale.ROOT));
            return index < 0 ? number(word) : index + least;
        }

        private int number(String digits) {
            if (!digits.matches("[0-9]{1,3}")) {
                throw wrong();
            }
            return Integer.parseInt(digits);
        }

        private IllegalArgumentException wrong() {
            return new IllegalArgumentException("has \"" + text + "\" for the " + name + ", which is no number from "
                    + least + " to " + most + ", range, list or step of them");
        }
    }
}
