package dev.cloister.server.audit.sink.transport;

import java.io.IOException;
import java.time.Duration;

/** A batch was not taken. Its message is for the operator and never has anything of what was sent or of a secret. */
public final class NotDeliveredException extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean refused;
    private final transient Duration pause;

    private NotDeliveredException(String message, boolean refused, Duration pause) {
        super(message);
        this.refused = refused;
        this.pause = pause;
    }

    /** The receiver may take the same later. */
    static NotDeliveredException passing(String message) {
        return new NotDeliveredException(message, false, Duration.ZERO);
    }

    /** The receiver asks for a pause. */
    static NotDeliveredException passing(String message, Duration pause) {
        return new NotDeliveredException(message, false, pause);
    }

    /** The receiver will never take the batch as it is, because of something in it. */
    static NotDeliveredException refused(String message) {
        return new NotDeliveredException(message, true, Duration.ZERO);
    }

    public boolean isRefused() {
        return refused;
    }

    /** How long the receiver wants to be left alone. */
    public Duration pause() {
        return pause;
    }
}
