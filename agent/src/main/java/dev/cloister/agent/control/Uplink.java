package dev.cloister.agent.control;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.cloister.tunnel.drpc.DrpcClient;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The way to call the server, present while there is a session and absent between two. */
public final class Uplink {
    private @Nullable DrpcClient client;

    /** The server did not answer because there is no connection to it now. */
    public static final class NotConnected extends IOException {
        private static final long serialVersionUID = 1L;

        NotConnected() {
            super("there is no connection to the server");
        }
    }

    synchronized void attach(DrpcClient fresh) {
        client = fresh;
        notifyAll();
    }

    /** Forgets {@code gone}, unless a newer one has taken its place. */
    synchronized void detach(DrpcClient gone) {
        if (client == gone) {
            client = null;
        }
    }

    public synchronized boolean connected() {
        return client != null;
    }

    public synchronized void awaitConnection() throws InterruptedException {
        while (client == null) {
            wait();
        }
    }

    /** Calls once; the call may or may not have had its effect when this fails. */
    public <T extends MessageLite> T call(String method, MessageLite request, Parser<T> reply) throws IOException {
        return call(current(), method, request, reply);
    }

    static <T extends MessageLite> T call(DrpcClient client, String method, MessageLite request, Parser<T> reply)
            throws IOException {
        try {
            return reply.parseFrom(client.call(method, request.toByteArray()));
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("the server's answer to " + method + " cannot be read", e);
        }
    }

    private synchronized DrpcClient current() throws NotConnected {
        if (client == null) {
            throw new NotConnected();
        }
        return client;
    }
}
