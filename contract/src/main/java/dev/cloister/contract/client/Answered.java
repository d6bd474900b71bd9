package dev.cloister.contract.client;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a server has answered.
 *
 * @param location where it redirects to, null where it does not say
 * @param body to be closed, or read to its end
 */
record Answered(int status, @Nullable String location, InputStream body) implements AutoCloseable {
    boolean isSuccess() {
        return status / 100 == 2;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
