package dev.cloister.server.build;

import dev.cloister.contract.api.LogLevel;
import dev.cloister.contract.api.LogSource;
import dev.cloister.provisioner.BuildLog;
import java.time.Instant;

/** A line of a job's log before it is stored: bounded, and free of what PostgreSQL cannot store. */
record LogLine(Instant time, LogSource source, LogLevel level, String stage, String output) {
    private static final int MAX_STAGE = 200;
    private static final int MAX_OUTPUT = 16 * 1024;

    static LogLine of(Instant time, LogSource source, LogLevel level, String stage, String output) {
        return new LogLine(time, source, level, storable(stage, MAX_STAGE), storable(output, MAX_OUTPUT));
    }

    static LogLevel level(BuildLog.Level level) {
        return switch (level) {
            case DEBUG -> LogLevel.DEBUG;
            case INFO -> LogLevel.INFO;
            case WARN -> LogLevel.WARN;
            case ERROR -> LogLevel.ERROR;
        };
    }

    /** What the line counts for, in bytes of about that size in the database. */
    long size() {
        return stage.length() + output.length() + 32L;
    }

    private static String storable(String text, int limit) {
        String bounded = text.length() <= limit ? text : text.substring(0, limit) + " … (line cut)";
        for (int i = 0; i < bounded.length(); i++) {
            if (isForeign(bounded.charAt(i))) {
                return bounded.codePoints()
                        .map(c -> isForeign(c) ? '\uFFFD' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            }
        }
        return bounded;
    }

    /** NUL and halves of surrogate pairs have no place in a text column. */
    private static boolean isForeign(int c) {
        return c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
