package dev.cloister.gateway.app;

import java.io.IOException;

/** The visit is over: whoever wants to go on has to begin another, which decides anew. */
public final class VisitEndedException extends IOException {
    private static final long serialVersionUID = 1L;

    VisitEndedException() {
        super("The visit has ended. Load the page again.");
    }
}
