package dev.cloister.provisioner.terraform;

/** A template whose resources make no workspace; the message says why. */
final class ConversionException extends Exception {
    private static final long serialVersionUID = 1L;

    ConversionException(String message) {
        super(message);
    }
}
