package dev.cloister.tunnel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Transport} is, told by events instead of by waiting, so that bytes can pass from one connection to another
 * on the thread that found them. Nothing here waits, and nothing that is called from here may wait either: it would hold
 * up other connections.
 */
public interface Link extends Closeable {
    /** What happens on the connection. Each is called by one thread at a time, though not the same one always. */
    interface Receiver {
        /**
         * Bytes have come. The buffer is valid during the call; what is left in it is kept, and nothing more is read,
         * until {@link Link#resume}.
         */
        void received(ByteBuffer chunk);

        /** What {@link Link#send} has kept is on its way, and more can be sent. */
        void writable();

        /**
         * Nothing more will come; called once, and where this side closes perhaps during {@link #received}. Null says
         * that the peer has ended in an orderly way.
         */
        void ended(@Nullable IOException cause);
    }

    /** Begins to read; called once. */
    void start(Receiver receiver);

    /** The receiver can take more. May be called from any thread, also during {@link Receiver#received}. */
    void resume();

    /**
     * Takes all of {@code chunk}, whose buffer may be reused at once.
     *
     * @return false where the peer is slower: not to be called again before {@link Receiver#writable}, which may come
     *     before this returns
     */
    boolean send(ByteBuffer chunk) throws IOException;

    /** Ends the connection; what was sent is still delivered as far as that takes no long time. Harmless when repeated. */
    @Override
    void close();
}
