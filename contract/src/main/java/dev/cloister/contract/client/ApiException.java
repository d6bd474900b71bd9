package dev.cloister.contract.client;

import dev.cloister.contract.api.ApiError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The server's answer to a request that it refused, or could not fulfil. */
public final class ApiException extends IOException {
    private static final long serialVersionUID = 1;
    private final int status;
    private final transient ApiError error;

    public ApiException(int status, ApiError error) {
        super(error.message());
        this.status = status;
        this.error = error;
    }

    /** From the body of an answer, which is our error or a page of something in between. */
    public static ApiException of(int status, String body) {
        return new ApiException(status, ApiConnection.errorIn(status, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** The HTTP status, for example 404. */
    public int status() {
        return status;
    }

    /** What the server said about it. */
    public ApiError error() {
        return error;
    }
}
