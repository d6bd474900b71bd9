package dev.cloister.provisioner.egress;

/** A destination that a workspace may not have, or that did not answer. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private Refused(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Against the rules: goes to the log of refusals. */
    static Refused byRule(String reason) {
        return new Refused(403, reason);
    }

    /** Allowed, but there is nobody. */
    static Refused unreachable(String reason) {
        return new Refused(502, reason);
    }

    /** The HTTP status that says so. */
    int status() {
        return status;
    }

    boolean isByRule() {
        return status == 403;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
