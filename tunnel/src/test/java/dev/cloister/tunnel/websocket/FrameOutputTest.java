package dev.cloister.tunnel.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloister.tunnel.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FrameOutputTest {
    private final CountDownLatch pinging = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch writable = new CountDownLatch(1);

    /** A connection whose first write takes until it is told to go on. */
    private final class Slow implements WebSocketLink.Connection {
        private boolean first = true;

        @Override
        public int fill(ByteBuffer into) {
            return 0;
        }

        @Override
        public boolean flush(ByteBuffer from) throws IOException {
            if (first) {
                first = false;
                pinging.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            from.position(from.limit());
            return true;
        }

        @Override
        public void flushLater(ByteBuffer from) {
            throw new AssertionError("everything goes at once");
        }

        @Override
        public void awaitReadable() {}

        @Override
        public void close() {}
    }

    @Test
    void dataThatWaitsForAPingOfAnotherThreadIsFollowedByNewsThatMoreCanBeSent() throws Exception {
        var link = WebSocketLink.server(new Slow());
        link.start(new Link.Receiver() {
            @Override
            public void received(ByteBuffer chunk) {}

            @Override
            public void writable() {
                writable.countDown();
            }

            @Override
            public void ended(@Nullable IOException cause) {}
        });
        var pinger = Thread.startVirtualThread(link::ping);
        pinging.await();
        assertThat(link.send(ByteBuffer.wrap(new byte[10]))).isFalse();
        assertThat(writable.getCount()).isEqualTo(1);
        goOn.countDown();
        pinger.join();
        assertThat(writable.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(link.send(ByteBuffer.wrap(new byte[10]))).isTrue();
    }
}
