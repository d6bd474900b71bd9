package dev.cloister.provisioner.terraform.provider;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Schedules in words, such as {@code @daily}, which agents are told in fields. */
public final class CronWords {
    private static final Map<String, String> WORDS = Map.of(
            "@yearly", "0 0 0 1 1 *",
            "@annually", "0 0 0 1 1 *",
            "@monthly", "0 0 0 1 * *",
            "@weekly", "0 0 0 * * 0",
            "@daily", "0 0 0 * * *",
            "@midnight", "0 0 0 * * *",
            "@hourly", "0 0 * * * *");
    private static final Pattern EVERY = Pattern.compile("@every ((\\d+)h)?((\\d+)m)?((\\d+)s)?");

    private CronWords() {}

    static boolean isDescriptor(String text) {
        return WORDS.containsKey(text) || every(text).isPresent();
    }

    /** The schedule in fields; the same text where it is in fields already. */
    public static String inFields(String text) {
        var word = WORDS.get(text);
        return word != null ? word : every(text).map(CronWords::fields).orElse(text);
    }

    private static Optional<Duration> every(String text) {
        var match = EVERY.matcher(text);
        if (text.length() > 30 || !match.matches()) {
            return Optional.empty();
        }
        try {
            var time = Duration.ofHours(number(match.group(2)))
                    .plusMinutes(number(match.group(4)))
                    .plusSeconds(number(match.group(6)));
            return time.isZero() ? Optional.empty() : Optional.of(time);
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** Fields cannot say every interval; the next shorter one that they can say comes closest to what was meant. */
    private static String fields(Duration every) {
        if (every.toHours() >= 1) {
            return "0 0 */" + Math.min(every.toHours(), 23) + " * * *";
        }
        return every.toMinutes() >= 1
                ? "0 */" + every.toMinutes() + " * * * *"
                : "*/" + every.toSeconds() + " * * * * *";
    }
}
