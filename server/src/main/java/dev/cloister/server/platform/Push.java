package dev.cloister.server.platform;

import dev.cloister.contract.api.ApiJson;
import dev.cloister.contract.api.ServerSentEvent;
import dev.cloister.contract.api.ServerSentEventType;
import java.io.IOException;

/** Where a route sends messages as they arise. For one thread; each call returns when the message is handed over. */
public interface Push {
    /** Sends a value as one message of JSON; fails where the peer has gone or does not read. */
    void send(Object value) throws IOException;

    /** A sign of life while there is nothing to send; fails like {@link #send}. */
    void keepAlive() throws IOException;

    /** False once the peer has gone or its caller may no longer listen: time to return. */
    boolean isOpen();

    /** Has {@code wake} called, from another thread, when the end comes. */
    void onEnd(Runnable wake);

    /** The same, with each value as the data of an event: the form of the {@code -ws} watch routes. */
    default Push asEvents() {
        Push plain = this;
        return new Push() {
            @Override
            public void send(Object value) throws IOException {
                plain.send(new ServerSentEvent(
                        ServerSentEventType.DATA, ApiJson.mapper().valueToTree(value)));
            }

            @Override
            public void keepAlive() throws IOException {
                plain.keepAlive();
            }

            @Override
            public boolean isOpen() {
                return plain.isOpen();
            }

            @Override
            public void onEnd(Runnable wake) {
                plain.onEnd(wake);
            }
        };
    }

    /** What is pushed: runs on a thread of its own until it returns, which ends the connection properly. */
    @FunctionalInterface
    interface Source {
        void run(Push push) throws IOException, InterruptedException;
    }
}
