package dev.cloister.server.template;

/** An archive that cannot be used. The message is for the person who uploaded it. */
final class ArchiveException extends Exception {
    private static final long serialVersionUID = 1L;

    ArchiveException(String message) {
        super(message);
    }

    ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
