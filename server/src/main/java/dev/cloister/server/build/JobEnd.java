package dev.cloister.server.build;

/** How a job ended. */
public sealed interface JobEnd {
    /** It did what it was for. */
    record Succeeded() implements JobEnd {}

    /**
     * It did not.
     *
     * @param error a sentence for the person who asked
     * @param code what programs go by; empty where there is nothing but the sentence
     */
    record Failed(String error, String code) implements JobEnd {
        /** Of no kind that programs know. */
        public Failed(String error) {
            this(error, "");
        }
    }

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
