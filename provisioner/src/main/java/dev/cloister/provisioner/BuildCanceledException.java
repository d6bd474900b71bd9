package dev.cloister.provisioner;

/** A build that ended because it was cancelled; another build repairs whatever it left half done. */
public final class BuildCanceledException extends BuildException {
    private static final long serialVersionUID = 1L;

    public BuildCanceledException() {
        super("The build was canceled.");
    }
}
