package dev.cloister.tunnel.drpc;

import java.io.IOException;

/** One method with one request and one reply. */
@FunctionalInterface
public interface DrpcMethod {
    /**
     * @throws DrpcException to answer with an error that the caller sees
     * @throws IOException is reported to the caller as a failure without details
     */
    byte[] handle(byte[] request) throws IOException;
}
