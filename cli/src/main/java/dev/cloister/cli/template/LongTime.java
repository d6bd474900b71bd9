package dev.cloister.cli.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people write it, such as {@code 8h}, {@code 1h30m} or {@code 30d}, in milliseconds; {@code 0} for never. */
final class LongTime implements ITypeConverter<Long> {
    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,6}[dhms])+");
    private static final Pattern PART = Pattern.compile("([0-9]+)([dhms])");

    @Override
    public Long convert(String text) {
        if (text.equals("0")) {
            return 0L;
        }
        if (!WHOLE.matcher(text).matches()) {
            throw new TypeConversionException("\"" + text + "\" is not a time such as 8h, 1h30m, 30d or 0");
        }
        long millis = 0;
        for (Matcher part = PART.matcher(text); part.find(); ) {
            millis += Long.parseLong(part.group(1)) * unit(part.group(2));
        }
        return millis;
    }

    private static long unit(String letter) {
        return switch (letter) {
            case "d" -> 86_400_000L;
            case "h" -> 3_600_000L;
            case "m" -> 60_000L;
            default -> 1000L;
        };
    }
}
