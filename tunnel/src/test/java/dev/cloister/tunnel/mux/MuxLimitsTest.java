package dev.cloister.tunnel.mux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.tunnel.LoopbackTransport;
import dev.cloister.tunnel.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MuxLimitsTest {
    private static final MuxSettings QUIET =
            MuxSettings.defaults().withKeepAlive(Duration.ZERO, Duration.ofSeconds(10));
    private static final MuxSettings IMPATIENT =
            MuxSettings.defaults().withKeepAlive(Duration.ofMillis(20), Duration.ofMillis(50));

    @Test
    void aPeerThatShowsNoLifeEndsTheSession() throws Exception {
        try (var end = RawPeer.client(IMPATIENT)) {
            var stream = end.session().open();
            var closed = new CountDownLatch(1);
            end.session().onClose(closed::countDown);
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(end.session().closeCause().orElseThrow()).hasMessageContaining("did not answer a ping");
            assertThatThrownBy(() -> stream.input().read()).hasMessageContaining("did not answer a ping");
        }
    }

    @Test
    void aPeerThatStopsReadingEndsTheSession() throws Exception {
        var stuck = new Transport() {
            private final CountDownLatch closed = new CountDownLatch(1);

            @Override
            public void write(ByteBuffer chunk) throws IOException {
                await();
            }

            @Override
            public @Nullable ByteBuffer read() throws IOException {
                await();
                return null;
            }

            private void await() throws IOException {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("The connection is closed.");
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        var session = MuxSession.client(stuck, IMPATIENT);
        var ended = new CountDownLatch(1);
        session.onClose(ended::countDown);
        assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void twoLivingPeersStayTogether() throws Exception {
        try (var pair = MuxPair.joined(IMPATIENT)) {
            var stream = pair.stream();
            long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
            while (System.nanoTime() < end) {
                stream.near().output().write(1);
                assertThat(stream.far().input().read()).isEqualTo(1);
            }
            assertThat(pair.client().isClosed()).isFalse();
            assertThat(pair.server().isClosed()).isFalse();
        }
    }

    @Test
    void streamsBeyondTheBacklogAreReset() throws Exception {
        try (var end = RawPeer.server(QUIET.withStreams(2, 100))) {
            for (int id = 1; id <= 5; id += 2) {
                end.peer().sendFrame(Header.WINDOW_UPDATE, Header.SYN, id, 0);
            }
            assertThat(end.peer().receive(12)).isEqualTo("0001000800000005" + "00000000");
            assertThat(end.session().accept().id()).isEqualTo(1);
            assertThat(end.session().accept().id()).isEqualTo(3);
            assertThat(end.session().isClosed()).isFalse();
        }
    }

    @Test
    void streamsBeyondTheMostAreReset() throws Exception {
        try (var end = RawPeer.server(QUIET.withStreams(10, 1))) {
            end.peer().sendFrame(Header.WINDOW_UPDATE, Header.SYN, 1, 0);
            var stream = end.session().accept();
            end.peer().receive(12);
            end.peer().sendFrame(Header.WINDOW_UPDATE, Header.SYN, 3, 0);
            assertThat(end.peer().receive(12)).isEqualTo("0001000800000003" + "00000000");
            stream.reset();
            end.peer().receive(12);
            end.peer().sendFrame(Header.WINDOW_UPDATE, Header.SYN, 5, 0);
            assertThat(end.session().accept().id()).isEqualTo(5);
        }
    }

    @Test
    void openingWaitsWhileThePeerAcceptsNone() throws Exception {
        try (var end = RawPeer.client(QUIET.withStreams(1, 10))) {
            var first = end.session().open();
            var opened = new CountDownLatch(1);
            var second = Thread.startVirtualThread(() -> {
                try {
                    end.session().open();
                    opened.countDown();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            Eventually.is(() -> second.getState() == Thread.State.WAITING);
            assertThat(opened.getCount()).isEqualTo(1);
            end.peer().sendFrame(Header.WINDOW_UPDATE, Header.ACK, first.id(), 0);
            assertThat(opened.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aStreamThatThePeerNeverAcceptsIsReset() throws Exception {
        var settings = IMPATIENT.withStreamTimeouts(Duration.ofMillis(50), Duration.ofMinutes(5));
        var pair = LoopbackTransport.pair();
        try (var client = MuxSession.client(pair.left(), settings);
                var server = MuxSession.server(pair.right(), QUIET)) {
            var stream = client.open();
            assertThatThrownBy(() -> stream.input().read()).hasMessageContaining("too long");
            Eventually.is(() -> server.streamCount() == 0);
            assertThat(client.isClosed()).isFalse();
        }
    }

    @Test
    void aClosedStreamWhosePeerNeverFinishesIsReset() throws Exception {
        var settings = IMPATIENT.withStreamTimeouts(Duration.ofMinutes(5), Duration.ofMillis(50));
        var pair = LoopbackTransport.pair();
        try (var client = MuxSession.client(pair.left(), settings);
                var server = MuxSession.server(pair.right(), QUIET)) {
            var near = client.open();
            var far = server.accept();
            near.close();
            assertThat(far.input().read()).isEqualTo(-1);
            Eventually.is(() -> client.streamCount() == 0 && server.streamCount() == 0);
        }
    }

    @Test
    void aStreamThatWouldHoldTooMuchUnreadDataIsReset() throws Exception {
        int window = Header.INITIAL_WINDOW;
        try (var end = RawPeer.server(QUIET.withReceiveWindow(window).withMaxBuffered(window + 1000))) {
            end.peer().sendFrame(Header.WINDOW_UPDATE, Header.SYN, 1, 0);
            end.peer().sendFrame(Header.WINDOW_UPDATE, Header.SYN, 3, 0);
            var first = end.session().accept();
            var second = end.session().accept();
            end.peer().receive(24);
            end.peer().sendData(0, 1, new byte[window]);
            end.peer().sendData(0, 3, new byte[2000]);
            assertThat(end.peer().receive(12)).isEqualTo("0001000800000003" + "00000000");
            assertThatThrownBy(() -> second.input().read()).hasMessageContaining("too much unread data");
            assertThat(first.input().readNBytes(window)).hasSize(window);
        }
    }

    @Test
    void aPeerThatGoesAwayFinishesWhatIsOpen() throws Exception {
        try (var end = RawPeer.client(QUIET)) {
            var stream = end.session().open();
            end.peer().receive(12);
            end.peer().sendFrame(Header.WINDOW_UPDATE, Header.ACK, 1, 0);
            end.peer().sendFrame(Header.GO_AWAY, 0, 0, 0);
            end.peer().sendData(0, 1, new byte[] {9});
            assertThat(stream.input().read()).isEqualTo(9);
            assertThatThrownBy(() -> end.session().open()).hasMessageContaining("no more streams");
            assertThat(end.session().isClosed()).isFalse();
        }
    }

    @Test
    void aPeerThatReportsAnErrorEndsTheSession() throws Exception {
        try (var end = RawPeer.client(QUIET)) {
            end.peer().sendFrame(Header.GO_AWAY, 0, 0, Header.PROTOCOL_ERROR);
            Eventually.is(() -> end.session().isClosed());
            assertThat(end.session().closeCause().orElseThrow()).hasMessageContaining("protocol violation");
        }
    }
}
