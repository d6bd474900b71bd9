package dev.cloister.server.notification;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One thing to tell. Its labels fill the variables of the wording. They hold what people typed, so that each is one line
 * without control characters and of bounded length here already, wherever it comes to stand: a subject, a page, a header.
 *
 * @param targets what it is about
 * @param by who caused it: a username, or a part of the server
 */
public record Notice(Occasion occasion, Map<String, String> labels, List<UUID> targets, String by) {
    private static final int LONGEST_LABEL = 1000;
    private static final int LONGEST_TEXT = 20_000;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    /** Control characters, line and paragraph separators, and those that turn the direction of the text around. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]+");

    private static final Pattern UNPRINTABLE_BUT_LINES =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069&&[^\\n]]");

    public Notice {
        labels = Map.copyOf(labels);
        targets = List.copyOf(targets);
    }

    public static Notice of(Occasion occasion, String by, UUID... targets) {
        return new Notice(occasion, Map.of(), List.of(targets), oneLine(by));
    }

    /** The same with one more label. */
    public Notice with(String label, String value) {
        return plus(label, oneLine(value));
    }

    /** A time as notices say it. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    /** The same with a label of several lines, which the wording takes as Markdown of its own. */
    public Notice withMarkdown(String label, String value) {
        String clean = UNPRINTABLE_BUT_LINES
                .matcher(value.replace("\r\n", "\n").replace('\t', ' '))
                .replaceAll("");
        return plus(label, bounded(clean, LONGEST_TEXT));
    }

    private Notice plus(String label, String value) {
        var more = new TreeMap<>(labels);
        more.put(label, value);
        return new Notice(occasion, more, targets, by);
    }

    private static String oneLine(String value) {
        return bounded(UNPRINTABLE.matcher(value).replaceAll(" ").strip(), LONGEST_LABEL);
    }

    private static String bounded(String value, int longest) {
        if (value.length() <= longest) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(longest - 1)) ? longest - 1 : longest;
        return value.substring(0, end) + "…";
    }
}
