package dev.cloister.cli.session;

/** A command cannot do what it was asked. The message says why and what to do; the exit code tells scripts. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1;

    /** The command was understood and failed. */
    public static final int FAILURE = 1;

    /** The command was not given what it needs. */
    public static final int USAGE = 2;

    private final int exitCode;

    private CommandException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    public static CommandException failure(String message) {
        return new CommandException(message, FAILURE);
    }

    public static CommandException usage(String message) {
        return new CommandException(message, USAGE);
    }

    public int exitCode() {
        return exitCode;
    }
}
