package dev.cloister.provisioner;

/** A build that failed. The message is for the person who asked: what is wrong and what to do about it. */
public class BuildException extends Exception {
    private static final long serialVersionUID = 1L;

    public BuildException(String message) {
        super(message);
    }

    public BuildException(String message, Throwable cause) {
        super(message, cause);
    }
}
