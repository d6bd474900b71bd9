package dev.cloister.contract.client;

import java.io.IOException;

/** The other side answered, but not as a Cloister server would: wrong content, too much of it, or a redirect. */
public final class UnexpectedAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    UnexpectedAnswerException(String message) {
        super(message);
    }

    UnexpectedAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
