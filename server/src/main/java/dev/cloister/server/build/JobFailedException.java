package dev.cloister.server.build;

/** A job that cannot succeed. The message is for the person who asked. */
public final class JobFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    public JobFailedException(String message) {
        this(message, "");
    }

    /** @param code for programs, in the words of the published API */
    public JobFailedException(String message, String code) {
        super(message);
        this.code = code;
    }

    public JobFailedException(String message, Throwable cause) {
        super(message, cause);
        this.code = "";
    }

    /** What programs go by; empty where there is nothing but the sentence. */
    public String code() {
        return code;
    }
}
