package dev.cloister.provisioner;

/** Asked between the steps of a build whether to go on. */
@FunctionalInterface
public interface Cancellation {
    Cancellation NEVER = () -> false;

    boolean requested();

    /**
     * Ends the build if that was asked for.
     *
     * @throws BuildCanceledException when a cancellation was requested
     */
    default void check() throws BuildCanceledException {
        if (requested()) {
            throw new BuildCanceledException();
        }
    }
}
