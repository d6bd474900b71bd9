package dev.cloister.server.platform.postgres;

/** PostgreSQL could not be started. The message is written for the operator: what is wrong, where, and what to do. */
public final class EmbeddedPostgresException extends Exception {
    private static final long serialVersionUID = 1L;

    EmbeddedPostgresException(String message) {
        super(message);
    }

    EmbeddedPostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
