package dev.cloister.contract.proof;

/** Bytes that claim to be a part of a proof and are not in its form. The message says what is wrong, never the bytes. */
public final class MalformedProofException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedProofException(String message) {
        super(message);
    }
}
