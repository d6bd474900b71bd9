package dev.cloister.agent.stream;

/** A stream that is not served; the message is for the other side. */
public final class StreamRefused extends Exception {
    private static final long serialVersionUID = 1L;

    public StreamRefused(String message) {
        super(message);
    }
}
