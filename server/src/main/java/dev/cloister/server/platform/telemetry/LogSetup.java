package dev.cloister.server.platform.telemetry;

import dev.cloister.contract.api.ApiJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The server's log on standard error: one line per record for people, or one JSON object per line for collectors. What
 * users name cannot break a line or steer a terminal: control characters are written as escapes.
 */
public final class LogSetup {
    /** Held, because java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger ROOT = Logger.getLogger("");

    private static final Logger OURS = Logger.getLogger("dev.cloister");
    private static final String AUDIT = "dev.cloister.audit";

    private LogSetup() {}

    /** Takes the whole log over. */
    public static void apply(boolean json, String level) {
        for (var handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        var console = new ConsoleHandler();
        console.setLevel(Level.ALL);
        console.setFormatter(json ? new JsonFormatter() : new HumanFormatter());
        ROOT.addHandler(console);
        Level own = level(level);
        ROOT.setLevel(own.intValue() < Level.WARNING.intValue() ? Level.WARNING : own);
        OURS.setLevel(own);
    }

    private static Level level(String name) {
        return switch (name) {
            case "error" -> Level.SEVERE;
            case "warn" -> Level.WARNING;
            case "debug" -> Level.FINE;
            default -> Level.INFO;
        };
    }

    private static String word(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warn";
        }
        return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static String stack(LogRecord record) {
        if (record.getThrown() == null) {
            return "";
        }
        var text = new StringWriter();
        record.getThrown().printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** The text with control characters other than a tab written as escapes. */
    static String clean(String text) {
        if (text.chars().allMatch(LogSetup::isHarmless)) {
            return text;
        }
        var clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isHarmless(c)) {
                clean.appendCodePoint(c);
            } else {
                clean.append(String.format("\\u%04x", c));
            }
        });
        return clean.toString();
    }

    private static boolean isHarmless(int character) {
        return !Character.isISOControl(character) || character == '\t';
    }

    private static final class HumanFormatter extends Formatter {
        @Override
        public String format(LogRecord record) {
            String name = record.getLoggerName() == null ? "" : record.getLoggerName();
            String line = "%s %-5s %s"
                    .formatted(
                            record.getInstant().truncatedTo(ChronoUnit.MILLIS),
                            word(record.getLevel()),
                            clean(formatMessage(record)));
            String source = name.equals(AUDIT) ? "" : "  (" + name.substring(name.lastIndexOf('.') + 1) + ")";
            return line + source + "\n" + stack(record);
        }
    }

    private static final class JsonFormatter extends Formatter {
        @Override
        public String format(LogRecord record) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("ts", record.getInstant().toString());
            line.put("level", word(record.getLevel()));
            line.put("logger", record.getLoggerName());
            String message = formatMessage(record);
            var mapper = ApiJson.mapper();
            if (AUDIT.equals(record.getLoggerName())) {
                line.put("msg", "audit_log");
                line.put("fields", mapper.readTree(message));
            } else {
                line.put("msg", message);
            }
            if (record.getThrown() != null) {
                line.put("error", stack(record));
            }
            return mapper.writeValueAsString(line) + "\n";
        }
    }
}
