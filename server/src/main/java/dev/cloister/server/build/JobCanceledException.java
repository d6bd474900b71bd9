package dev.cloister.server.build;

/** A job that stopped because it was canceled. */
public final class JobCanceledException extends Exception {
    private static final long serialVersionUID = 1L;

    public JobCanceledException() {
        super("the job was canceled");
    }
}
