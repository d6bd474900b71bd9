package dev.cloister.server.platform;

import dev.cloister.contract.api.ValidationError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An outcome that a caller can expect and act on. Mapped to HTTP in one place; everything that is not a failure of this
 * type is a fault of ours and is answered with 500 and a request id.
 */
public abstract sealed class Failure extends RuntimeException {
    private Failure(String message) {
        super(message, null, false, false);
    }

    /** The HTTP status this failure has on the wire. */
    public abstract int status();

    /** Fields that were wrong, empty where the failure is not about fields. */
    public List<ValidationError> validations() {
        return List.of();
    }

    /** More for the person who has to act, empty where the message says all. */
    public String detail() {
        return "";
    }

    /** Missing, or not for this caller's eyes: the two must not be told apart. */
    public static final class NotFound extends Failure {
        public static final String MESSAGE = "Resource not found or you do not have access to this resource";

        public NotFound() {
            super(MESSAGE);
        }

        public NotFound(String message) {
            super(message);
        }

        @Override
        public int status() {
            return 404;
        }
    }

    /** Readable by this caller, but the action is not allowed. */
    public static final class Forbidden extends Failure {
        private final String detail;

        public Forbidden() {
            this("");
        }

        public Forbidden(String detail) {
            super("Forbidden.");
            this.detail = detail;
        }

        @Override
        public int status() {
            return 403;
        }

        @Override
        public String detail() {
            return detail;
        }
    }

    /** No valid credential came with the request. */
    public static final class Unauthenticated extends Failure {
        public Unauthenticated(String message) {
            super(message);
        }

        @Override
        public int status() {
            return 401;
        }
    }

    /** The request is wrong; validations name the fields. */
    public static final class Invalid extends Failure {
        private final List<ValidationError> validations;
        private final String detail;

        public Invalid(String message) {
            this(message, "", List.of());
        }

        public Invalid(String message, String field, String problem) {
            this(message, "", List.of(new ValidationError(field, problem)));
        }

        public Invalid(String message, String detail, List<ValidationError> validations) {
            super(message);
            this.detail = detail;
            this.validations = List.copyOf(validations);
        }

        @Override
        public int status() {
            return 400;
        }

        @Override
        public List<ValidationError> validations() {
            return validations;
        }

        @Override
        public String detail() {
            return detail;
        }
    }

    /** Something else has to be done first; where clients know this status for it. */
    public static final class Unmet extends Failure {
        public Unmet(String message) {
            super(message);
        }

        @Override
        public int status() {
            return 417;
        }
    }

    /** The state of things does not allow it now, or a name is taken. */
    public static final class Conflict extends Failure {
        private final List<ValidationError> validations;

        public Conflict(String message) {
            this(message, List.of());
        }

        public Conflict(String message, List<ValidationError> validations) {
            super(message);
            this.validations = List.copyOf(validations);
        }

        @Override
        public int status() {
            return 409;
        }

        @Override
        public List<ValidationError> validations() {
            return validations;
        }
    }

    /** It was there and is deleted; told only to those who could see it. */
    public static final class Gone extends Failure {
        public Gone(String message) {
            super(message);
        }

        @Override
        public int status() {
            return 410;
        }
    }

    /** The caller named a state that must hold, and it does not. */
    public static final class PreconditionFailed extends Failure {
        public PreconditionFailed(String message) {
            super(message);
        }

        @Override
        public int status() {
            return 412;
        }
    }

    /** The body came too slowly; the connection ends with the answer. */
    public static final class TooSlow extends Failure {
        public TooSlow() {
            super("The request body came too slowly.");
        }

        @Override
        public int status() {
            return 408;
        }
    }

    /** The body is larger than this route takes. */
    public static final class TooLarge extends Failure {
        public TooLarge(long limitBytes) {
            super("The request body is larger than the limit of " + limitBytes + " bytes.");
        }

        @Override
        public int status() {
            return 413;
        }
    }

    /** Too often; try again after the time given. */
    public static final class TooMany extends Failure {
        private final Duration retryAfter;

        public TooMany(String message, Duration retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        /** How long to wait before the next attempt can succeed. */
        public Duration retryAfter() {
            return retryAfter;
        }

        @Override
        public int status() {
            return 429;
        }
    }

    /** Something that this request needs is not there just now (the database, the agent). */
    public static final class Unavailable extends Failure {
        private final int status;
        private final Duration retryAfter;

        public Unavailable(String message) {
            this(message, 503, Duration.ZERO);
        }

        /** @param retryAfter when another attempt may well succeed */
        public Unavailable(String message, Duration retryAfter) {
            this(message, 503, retryAfter);
        }

        private Unavailable(String message, int status, Duration retryAfter) {
            super(message);
            this.status = status;
            this.retryAfter = retryAfter;
        }

        /** How long to wait before another attempt; empty where nobody can say. */
        public Optional<Duration> retryAfter() {
            return retryAfter.isZero() ? Optional.empty() : Optional.of(retryAfter);
        }

        /** The workspace's agent cannot be reached. */
        public static Unavailable badGateway(String message) {
            return new Unavailable(message, 502, Duration.ZERO);
        }

        @Override
        public int status() {
            return status;
        }
    }

    /** Part of the published API that this server does not offer. */
    public static final class NotOffered extends Failure {
        public NotOffered(String message) {
            super(message);
        }

        @Override
        public int status() {
            return 501;
        }
    }
}
