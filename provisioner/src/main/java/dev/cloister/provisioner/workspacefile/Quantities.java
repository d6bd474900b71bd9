package dev.cloister.provisioner.workspacefile;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sizes and durations as authors write them. */
final class Quantities {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?) ?(MiB|GiB|TiB)?");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    private Quantities() {}

    /** Bytes; a bare number, which only a parameter can give, counts gibibytes. */
    static Optional<Long> size(String text) {
        var match = SIZE.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        var unit = match.group(2) == null ? "GiB" : match.group(2);
        var shift = switch (unit) {
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> 40;
        };
        var bytes = new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(1L << shift));
        return bytes.compareTo(BigDecimal.valueOf(1L << 50)) > 0 ? Optional.empty() : Optional.of(bytes.longValue());
    }

    static Optional<Duration> duration(String text) {
        var match = DURATION.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var amount = Long.parseLong(match.group(1));
        return Optional.of(
                switch (match.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                });
    }

    /** Thousandths of a processor. */
    static Optional<Integer> cpuMillis(String text) {
        try {
            if (text.length() > 20) {
                return Optional.empty();
            }
            var millis = new BigDecimal(text.strip()).movePointRight(3).intValue();
            return millis < 10 || millis > 1_024_000 ? Optional.empty() : Optional.of(millis);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Optional<Integer> cost(String text) {
        try {
            var cost = Integer.parseInt(text.strip());
            return cost < 0 || cost > 1_000_000 ? Optional.empty() : Optional.of(cost);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Optional<Integer> processes(String text) {
        try {
            var count = Integer.parseInt(text.strip());
            return count < 16 || count > 4_194_304 ? Optional.empty() : Optional.of(count);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
