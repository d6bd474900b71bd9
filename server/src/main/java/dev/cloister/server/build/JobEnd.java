package dev.cloister.server.build;

/** How a job ended. */
public sealed interface JobEnd {
    /** It did what it was for. */
    record Succeeded() implements JobEnd {}

    /**
     * It did not.
     *
     * @param error a sentence for the person who asked
     */
    record Failed(String error) implements JobEnd {}

    /** Somebody stopped it. */
    record Canceled() implements JobEnd {}

    /** {@code succeeded}, {@code failed} or {@code canceled}, for logs and events. */
    default String word() {
        return switch (this) {
            case Succeeded succeeded -> "succeeded";
            case Failed failed -> "failed";
            case Canceled canceled -> "canceled";
        };
    }
}
