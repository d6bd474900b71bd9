package dev.cloister.provisioner.egress;

/** A request that this proxy does not understand, or does not want to. */
final class BadRequest extends Exception {
    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
        super(message);
    }
}
