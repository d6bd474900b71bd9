package dev.cloister.cli.terminal;

/** A question came up while nobody could answer it. Commands turn it into advice on which option to give. */
public final class NobodyToAskException extends Exception {
    private static final long serialVersionUID = 1;

    NobodyToAskException(String question) {
        super(question);
    }
}
