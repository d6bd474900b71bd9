package dev.cloister.tunnel.mux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MuxSessionTest {
    private final MuxPair pair = MuxPair.joined(MuxSettings.defaults());

    @AfterEach
    void close() {
        pair.close();
    }

    @Test
    void manyStreamsInBothDirectionsKeepTheirBytesApart() throws Exception {
        int streams = 200;
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var servers = pool.submit(() -> {
                for (int i = 0; i < streams / 2; i++) {
                    var stream = pair.server().accept();
                    pool.submit(() -> echo(stream));
                }
                return null;
            });
            var clients = pool.submit(() -> {
                for (int i = 0; i < streams / 2; i++) {
                    var stream = pair.client().accept();
                    pool.submit(() -> echo(stream));
                }
                return null;
            });
            var results = new ArrayList<Future<?>>();
            for (int i = 0; i < streams; i++) {
                var from = i % 2 == 0 ? pair.client() : pair.server();
                int seed = i;
                results.add(pool.submit(() -> {
                    roundTrip(from, seed);
                    return null;
                }));
            }
            for (var result : results) {
                result.get();
            }
            servers.get();
            clients.get();
        }
        Eventually.is(() -> pair.client().streamCount() == 0 && pair.server().streamCount() == 0);
    }

    private static Void echo(MuxStream stream) throws IOException {
        try (stream) {
            stream.input().transferTo(stream.output());
        }
        return null;
    }

    private static void roundTrip(MuxSession session, int seed) throws Exception {
        var random = new Random(seed);
        var sent = new byte[random.nextInt(400_000)];
        random.nextBytes(sent);
        var stream = session.open();
        var writer = Thread.startVirtualThread(() -> {
            try {
                int position = 0;
                while (position < sent.length) {
                    int count = Math.min(sent.length - position, 1 + random.nextInt(100_000));
                    stream.output().write(sent, position, count);
                    position += count;
                }
                stream.closeOutput();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(stream.input().readAllBytes()).isEqualTo(sent);
        writer.join();
        stream.close();
    }

    @Test
    void aHalfClosedStreamStillCarriesTheOtherDirection() throws Exception {
        var stream = pair.stream();
        stream.near().output().write("question".getBytes(UTF_8));
        stream.near().closeOutput();
        assertThat(stream.far().input().readAllBytes()).asString(UTF_8).isEqualTo("question");
        stream.far().output().write("answer".getBytes(UTF_8));
        stream.far().close();
        assertThat(stream.near().input().readAllBytes()).asString(UTF_8).isEqualTo("answer");
        assertThatThrownBy(() -> stream.near().output().write(1)).isInstanceOf(IOException.class);
        stream.near().close();
        Eventually.is(() -> pair.client().streamCount() == 0 && pair.server().streamCount() == 0);
    }

    @Test
    void theEndOfTheOtherDirectionIsKnownWithoutReading() throws Exception {
        var ended = pair.stream();
        var broken = pair.stream();
        ended.near().output().write(new byte[3]);
        assertThat(ended.far().isInputEnded()).isFalse();
        assertThat(broken.far().isInputEnded()).isFalse();
        ended.near().closeOutput();
        broken.near().reset();
        Eventually.is(() -> ended.far().isInputEnded() && broken.far().isInputEnded());
        assertThat(ended.far().input().readAllBytes()).hasSize(3);
    }

    @Test
    void aResetIsAnErrorAtTheOtherEndAndNotAnEnd() throws Exception {
        var stream = pair.stream();
        stream.near().output().write("lost".getBytes(UTF_8));
        stream.near().reset();
        assertThatThrownBy(() -> stream.far().input().readAllBytes()).hasMessageContaining("reset");
        assertThatThrownBy(() -> stream.far().output().write(new byte[1])).hasMessageContaining("reset");
        assertThatThrownBy(() -> stream.near().input().read()).hasMessageContaining("reset");
        Eventually.is(() -> pair.client().streamCount() == 0 && pair.server().streamCount() == 0);
        assertThat(pair.client().isClosed()).isFalse();
    }

    @Test
    void closingWithUnreadBytesResetsTheStream() throws Exception {
        var stream = pair.stream();
        stream.near().output().write(new byte[10]);
        Eventually.is(() -> stream.far().inbound().available() == 10);
        stream.far().close();
        assertThatThrownBy(() -> stream.near().input().read()).hasMessageContaining("reset");
    }

    @Test
    void bytesAfterACloseResetTheStream() throws Exception {
        var stream = pair.stream();
        stream.far().close();
        assertThat(stream.near().input().read()).isEqualTo(-1);
        stream.near().output().write(1);
        Eventually.is(() -> pair.server().streamCount() == 0 && pair.client().streamCount() == 0);
        assertThatThrownBy(() -> stream.near().output().write(1)).hasMessageContaining("reset");
    }

    @Test
    void aWriterStopsAtTheWindowAndGoesOnWhenTheReaderReads() throws Exception {
        var stream = pair.stream();
        int window = MuxSettings.defaults().receiveWindow();
        var total = new java.util.concurrent.atomic.AtomicInteger();
        var writer = Thread.startVirtualThread(() -> {
            try {
                var block = new byte[1000];
                for (int i = 0; i < 3000; i++) {
                    stream.near().output().write(block);
                    total.addAndGet(block.length);
                }
                stream.near().closeOutput();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        Eventually.is(() -> stream.far().inbound().available() == window);
        assertThat(total.get()).isLessThanOrEqualTo(window);
        assertThat(writer.isAlive()).isTrue();
        assertThat(stream.far().input().readAllBytes()).hasSize(3_000_000);
        writer.join();
    }

    @Test
    void aStreamThatNobodyReadsHoldsUpNoOther() throws Exception {
        var stuck = pair.stream();
        var filler = Thread.startVirtualThread(() -> {
            try {
                stuck.near().output().write(new byte[4 << 20]);
            } catch (IOException e) {
                // the end of the test
            }
        });
        int window = MuxSettings.defaults().receiveWindow();
        Eventually.is(() -> stuck.far().inbound().available() == window);
        var free = pair.stream();
        var writer = Thread.startVirtualThread(() -> {
            try {
                free.near().output().write(new byte[4 << 20]);
                free.near().closeOutput();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(free.far().input().readAllBytes()).hasSize(4 << 20);
        writer.join();
        assertThat(filler.isAlive()).isTrue();
        stuck.near().reset();
        filler.join();
    }

    @Test
    void closingTheSessionEndsEveryBlockedCallAtOnce() throws Exception {
        var reading = pair.stream();
        var writing = pair.stream();
        var failures = new ArrayList<Throwable>();
        var waiting = new ArrayList<Thread>();
        var callers = java.util.List.<Work>of(
                () -> reading.near().input().read(),
                () -> writing.near().output().write(new byte[8 << 20]),
                () -> pair.client().accept(),
                () -> reading.far().input().read());
        for (var caller : callers) {
            waiting.add(Thread.startVirtualThread(() -> {
                try {
                    caller.run();
                } catch (IOException e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        Eventually.is(() -> writing.far().inbound().available() == 1 << 20);
        var closed = new CountDownLatch(2);
        pair.client().onClose(closed::countDown);
        pair.server().onClose(closed::countDown);
        pair.client().close();
        for (var thread : waiting) {
            assertThat(thread.join(Duration.ofSeconds(5))).isTrue();
        }
        assertThat(failures).hasSize(4);
        assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(pair.client().closeCause()).isEmpty();
        assertThat(pair.server().closeCause().orElseThrow()).hasMessageContaining("peer ended");
        assertThatThrownBy(() -> pair.client().open()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> pair.client().ping()).isInstanceOf(IOException.class);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    @Test
    void whatWasWrittenBeforeTheSessionClosesArrives() throws Exception {
        var stream = pair.stream();
        stream.near().output().write("last words".getBytes(UTF_8));
        stream.near().closeOutput();
        pair.client().close();
        assertThat(stream.far().input().readAllBytes()).asString(UTF_8).isEqualTo("last words");
    }

    @Test
    void anUnfinishedStreamOfAnEndedSessionFailsAfterWhatHadArrived() throws Exception {
        var stream = pair.stream();
        stream.near().output().write("part".getBytes(UTF_8));
        pair.client().close();
        assertThat(stream.far().input().readNBytes(4)).asString(UTF_8).isEqualTo("part");
        assertThatThrownBy(() -> stream.far().input().read()).isInstanceOf(IOException.class);
    }

    @Test
    void aListenerAddedAfterTheEndStillRuns() throws Exception {
        pair.client().close();
        var ran = new CountDownLatch(1);
        pair.client().onClose(ran::countDown);
        assertThat(ran.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aReadMayHaveATimeLimit() throws Exception {
        var stream = pair.stream();
        stream.near().readTimeout(Duration.ofMillis(20));
        assertThatThrownBy(() -> stream.near().input().read()).isInstanceOf(SocketTimeoutException.class);
        stream.far().output().write(7);
        stream.near().readTimeout(Duration.ZERO);
        assertThat(stream.near().input().read()).isEqualTo(7);
    }

    @Test
    void anInterruptedWriterDamagesOnlyItself() throws Exception {
        var stream = pair.stream();
        var writer = Thread.startVirtualThread(() -> {
            try {
                stream.near().output().write(new byte[8 << 20]);
            } catch (IOException e) {
                // expected
            }
        });
        Eventually.is(() -> stream.far().inbound().available() == 1 << 20);
        writer.interrupt();
        writer.join();
        assertThat(pair.client().ping()).isPositive();
    }

    @Test
    void typedDataSurvivesAnyChunking() throws Exception {
        var stream = pair.stream();
        var out = new DataOutputStream(stream.near().output());
        var writer = Thread.startVirtualThread(() -> {
            try {
                for (int i = 0; i < 50_000; i++) {
                    out.writeInt(i);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        var in = new DataInputStream(stream.far().input());
        for (int i = 0; i < 50_000; i++) {
            assertThat(in.readInt()).isEqualTo(i);
        }
        writer.join();
    }
}
