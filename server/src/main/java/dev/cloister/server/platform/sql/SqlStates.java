package dev.cloister.server.platform.sql;

import java.sql.SQLException;
import java.util.Optional;

/** What an SQLSTATE means for us (PostgreSQL manual, appendix A). */
public final class SqlStates {
    private SqlStates() {}

    /** A serialization failure or a deadlock: the same transaction can succeed on another try. */
    static boolean isRetryable(Throwable failure) {
        return state(failure)
                .filter(s -> s.equals("40001") || s.equals("40P01"))
                .isPresent();
    }

    /** The server is gone, refuses connections, has no space, or is read-only: nothing was changed. */
    static boolean isUnavailable(Throwable failure) {
        return state(failure)
                .filter(s -> s.startsWith("08")
                        || s.startsWith("57P")
                        || s.startsWith("53")
                        || s.equals("25006")
                        || s.equals("58030"))
                .isPresent();
    }

    /** A unique index refused the row. */
    public static boolean isUniqueViolation(Throwable failure) {
        return state(failure).filter("23505"::equals).isPresent();
    }

    /** A foreign key refused the row: what it names is gone. */
    public static boolean isForeignKeyViolation(Throwable failure) {
        return state(failure).filter("23503"::equals).isPresent();
    }

    /** A text has the character NUL, which PostgreSQL's texts cannot hold; it can only come from a request. */
    static boolean isUnstorableText(Throwable failure) {
        return state(failure).filter("22021"::equals).isPresent();
    }

    /** A constraint refused the row. */
    public static boolean isIntegrityViolation(Throwable failure) {
        return state(failure).filter(s -> s.startsWith("23")).isPresent();
    }

    /**
     * Whether {@link Database} itself deals with a failure, by another try or by what it tells the caller, or the
     * transaction had failed before and somebody overlooked it.
     */
    public static boolean isExplained(Throwable failure) {
        return isRetryable(failure)
                || isUnavailable(failure)
                || isUnstorableText(failure)
                || state(failure).filter("25P02"::equals).isPresent();
    }

    private static Optional<String> state(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return Optional.of(sql.getSQLState());
            }
        }
        return Optional.empty();
    }
}
