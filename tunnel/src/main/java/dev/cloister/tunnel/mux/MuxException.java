package dev.cloister.tunnel.mux;

import java.io.IOException;

/** A session that ended, or a stream that could not be opened or was cut off. The message says why. */
public final class MuxException extends IOException {
    private static final long serialVersionUID = 1L;

    MuxException(String message) {
        super(message);
    }

    MuxException(String message, Throwable cause) {
        super(message, cause);
    }
}
