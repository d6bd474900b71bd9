package dev.cloister.tunnel.mux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a peer sends, a session lives or ends with a reason; it neither hangs nor grows. */
@Timeout(60)
class HostilePeerTest {
    private static final MuxSettings SETTINGS =
            MuxSettings.defaults().withKeepAlive(Duration.ZERO, Duration.ofSeconds(10));

    static Stream<Arguments> violations() {
        var syn = "000100010000000100000000 ";
        return Stream.of(
                Arguments.of("version 1", "010000000000000100000000"),
                Arguments.of("unknown type 4", "000400000000000100000000"),
                Arguments.of("may not open stream 0", "000100010000000000000000"),
                Arguments.of("may not open stream 2", "000100010000000200000000"),
                Arguments.of("opened twice", syn + syn),
                Arguments.of("exceeds its receive window", syn + "000000000000000100040001"),
                Arguments.of("announces 4294967295 bytes", syn + "0000000000000001ffffffff"),
                Arguments.of("announces 2147483648 bytes", "000000000000000780000000"),
                Arguments.of("overflows", syn + "0001000000000001ffffffff 0001000000000001ffffffff"),
                Arguments.of("finished twice", syn + "000100040000000100000000 000100040000000100000000"),
                Arguments.of("after its end", syn + "000100040000000100000000 000000000000000100000001 41"));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void aViolationEndsTheSessionAndIsNamed(String reason, String bytes) throws Exception {
        try (var end = RawPeer.server(SETTINGS)) {
            end.peer().send(bytes);
            Eventually.is(() -> end.session().isClosed());
            assertThat(end.session().closeCause().orElseThrow()).hasMessageContaining(reason);
            Header last;
            do {
                last = end.peer().receiveHeader();
            } while (last.type() != Header.GO_AWAY);
            assertThat(last.length()).isEqualTo(Header.PROTOCOL_ERROR);
        }
    }

    @Test
    void aConnectionCutWithinAFrameIsNamed() throws Exception {
        for (var bytes : new String[] {"0001", "000100010000000100000000 00000000000000010000000441"}) {
            try (var end = RawPeer.server(SETTINGS)) {
                end.peer().send(bytes);
                end.peer().endOfConnection();
                Eventually.is(() -> end.session().isClosed());
                assertThat(end.session().closeCause().orElseThrow()).hasMessageContaining("within a frame");
            }
        }
    }

    @Test
    void framesForUnknownStreamsAreIgnored() throws Exception {
        try (var end = RawPeer.server(SETTINGS)) {
            end.peer().sendData(0, 77, new byte[5000]);
            end.peer().sendFrame(Header.WINDOW_UPDATE, Header.FIN, 79, 0);
            end.peer().sendFrame(Header.WINDOW_UPDATE, Header.RST, 81, 0);
            end.peer().sendFrame(Header.WINDOW_UPDATE, Header.ACK, 83, 100);
            end.peer().send("000200020000000000000007");
            end.peer().send("000200010000000000000005");
            assertThat(end.peer().receive(12)).isEqualTo("000200020000000000000005");
            assertThat(end.session().isClosed()).isFalse();
        }
    }

    @Test
    void aFloodOfPingsThatNobodyReadsEndsTheSession() {
        try (var end = RawPeer.server(SETTINGS)) {
            try {
                for (int i = 0; i < 1_000_000 && !end.session().isClosed(); i++) {
                    end.peer().sendFrame(Header.PING, Header.SYN, 0, i);
                }
            } catch (IOException e) {
                // the session has closed the connection
            }
            Eventually.is(() -> end.session().isClosed());
            assertThat(end.session().closeCause().orElseThrow()).hasMessageContaining("reads none");
        }
    }

    @Test
    void manyTinyFramesCostNoMoreThanTheirBytes() throws Exception {
        try (var end = RawPeer.server(SETTINGS)) {
            end.peer().sendFrame(Header.WINDOW_UPDATE, Header.SYN, 1, 0);
            var stream = end.session().accept();
            for (int i = 0; i < 200_000; i++) {
                end.peer().sendData(0, 1, new byte[] {(byte) i});
            }
            Eventually.is(() -> stream.inbound().available() == 200_000);
            for (int i = 0; i < 200_000; i++) {
                assertThat(stream.input().read()).isEqualTo(i & 0xff);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomFramesNeverHangASession(long seed) throws Exception {
        for (int round = 0; round < 40; round++) {
            var random = new Random(seed * 1000 + round);
            attack(random, (peer, step) -> {
                if (random.nextInt(8) == 0) {
                    var noise = new byte[random.nextInt(64)];
                    random.nextBytes(noise);
                    peer.send(noise);
                } else {
                    plausible(peer, random);
                }
            });
        }
    }

    private static void plausible(RawPeer peer, Random random) throws IOException {
        int type = random.nextInt(random.nextInt(20) == 0 ? 6 : 3);
        int flags = random.nextInt(3) == 0 ? random.nextInt(16) : random.nextInt(2);
        int stream = random.nextInt(12);
        if (type == Header.DATA) {
            peer.sendData(flags, stream, new byte[random.nextInt(3000)]);
        } else {
            peer.sendFrame(type, flags, stream, random.nextInt(5) == 0 ? random.nextInt() : random.nextInt(1000));
        }
    }

    @FunctionalInterface
    private interface Step {
        void run(RawPeer peer, int step) throws IOException;
    }

    /** Users keep accepting, reading and writing while the peer attacks; in the end everybody must be free again. */
    private static void attack(Random random, Step step) throws Exception {
        try (var end = RawPeer.server(SETTINGS)) {
            var drain = Thread.startVirtualThread(end.peer()::drain);
            var users = new CountDownLatch(1);
            Thread.startVirtualThread(() -> {
                use(end.session());
                users.countDown();
            });
            try {
                for (int i = 0; i < 200 && !end.session().isClosed(); i++) {
                    step.run(end.peer(), i);
                }
            } catch (IOException e) {
                // the session has closed the connection
            }
            boolean refused = end.session().isClosed();
            if (random.nextBoolean()) {
                end.peer().endOfConnection();
            } else {
                end.session().close();
            }
            assertThat(users.await(10, TimeUnit.SECONDS)).isTrue();
            Eventually.is(() -> end.session().isClosed() && end.session().streamCount() == 0);
            if (refused) {
                assertThat(end.session().closeCause().orElseThrow().getMessage())
                        .isNotBlank();
            }
            end.peer().close();
            drain.join();
        }
    }

    private static void use(MuxSession session) {
        try (var pool = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            while (true) {
                var stream = session.accept();
                pool.submit(() -> {
                    try (stream) {
                        return stream.input().transferTo(stream.output());
                    }
                });
            }
        } catch (IOException e) {
            // the session has ended, and closing the pool has waited for every stream
        }
    }
}
