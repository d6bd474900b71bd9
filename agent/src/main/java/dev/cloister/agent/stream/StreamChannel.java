package dev.cloister.agent.stream;

import dev.cloister.contract.agent.OpenStream;
import dev.cloister.contract.agent.Ticket;
import dev.cloister.tunnel.EventStream;
import java.io.IOException;

/** One kind of thing that a stream can be opened to. */
public interface StreamChannel {
    /**
     * Makes ready to serve; the ticket covers the request.
     *
     * @throws StreamRefused if it cannot be served, before the other side is told "yes"
     */
    Session open(OpenStream request, Ticket ticket) throws StreamRefused;

    /** Something ready to be served on a stream. */
    @FunctionalInterface
    interface Session {
        /** Serves until either side has ended. */
        void serve(EventStream stream) throws IOException, InterruptedException;
    }
}
