package dev.cloister.gateway.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloister.tunnel.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EdgeSocketTest {
    private record Opened(BlockingSocket transport, CountDownLatch done) {}

    private final LinkedBlockingQueue<Opened> opened = new LinkedBlockingQueue<>();
    private Duration stall = EdgeSocket.STALL;
    private EdgeServer server;

    @BeforeEach
    void start() throws Exception {
        server = EdgeServer.sockets(() -> new EdgeSocket(this::hold, stall));
    }

    /** Keeps the WebSocket open until its test is done with it. */
    private void hold(EdgeSocket socket) {
        var held = new Opened(new BlockingSocket(socket), new CountDownLatch(1));
        opened.add(held);
        try {
            held.done().await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() throws Exception {
        opened.forEach(held -> held.done().countDown());
        server.close();
    }

    private BlockingSocket transport() throws InterruptedException {
        var held = opened.poll(10, TimeUnit.SECONDS);
        opened.add(held);
        return held.transport();
    }

    private static byte[] read(Transport transport, int count) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (bytes.size() < count) {
            var chunk = transport.read();
            assertThat(chunk)
                    .as("a chunk after %d of %d bytes", bytes.size(), count)
                    .isNotNull();
            var part = new byte[chunk.remaining()];
            chunk.get(part);
            bytes.write(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 125, 126, 4096, 65_535, 65_536, 65_548, 1_000_000})
    void bytesArriveInBothDirections(int size) throws Exception {
        try (var client = new RawWebSocketClient(server.port())) {
            var transport = transport();
            var bytes = random(size);
            client.binary(bytes);
            assertThat(read(transport, size)).isEqualTo(bytes);
            var writer = async(() -> transport.write(ByteBuffer.wrap(bytes)));
            var back = new ByteArrayOutputStream();
            while (back.size() < size) {
                back.write(client.receiveData().payload());
            }
            assertThat(back.toByteArray()).isEqualTo(bytes);
            writer.get();
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> async(Work work) {
        var result = new CompletableFuture<Void>();
        Thread.startVirtualThread(() -> {
            try {
                work.run();
                result.complete(null);
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    @Test
    void fragmentsAndPingsInBetweenAreNoObstacle() throws Exception {
        try (var client = new RawWebSocketClient(server.port())) {
            var transport = transport();
            client.send(RawWebSocketClient.BINARY, false, "one ".getBytes(UTF_8));
            client.send(RawWebSocketClient.PING, true, "p".getBytes(UTF_8));
            client.send(RawWebSocketClient.CONTINUATION, false, new byte[0]);
            client.send(RawWebSocketClient.PONG, true, new byte[0]);
            client.send(RawWebSocketClient.CONTINUATION, true, "two ".getBytes(UTF_8));
            client.send(RawWebSocketClient.TEXT, true, "thr\u00e9e".getBytes(UTF_8));
            assertThat(read(transport, 14)).asString(UTF_8).isEqualTo("one two thr\u00e9e");
            var pong = client.receive();
            assertThat(pong.opcode()).isEqualTo(RawWebSocketClient.PONG);
            assertThat(pong.payload()).asString(UTF_8).isEqualTo("p");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 0})
    void anOrderlyCloseIsTheEnd(int status) throws Exception {
        try (var client = new RawWebSocketClient(server.port())) {
            var transport = transport();
            client.binary(new byte[] {7});
            var payload = status == 0 ? new byte[0] : new byte[] {(byte) (status >> 8), (byte) status};
            client.send(RawWebSocketClient.CLOSE, true, payload);
            assertThat(read(transport, 1)).containsExactly(7);
            assertThat(transport.read()).isNull();
            assertThat(client.receiveData().opcode()).isEqualTo(RawWebSocketClient.CLOSE);
            assertThatThrownBy(() -> transport.write(ByteBuffer.allocate(1))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aCutConnectionIsAnErrorAndNotAnEnd() throws Exception {
        var client = new RawWebSocketClient(server.port());
        var transport = transport();
        client.close();
        assertThatThrownBy(() -> read(transport, 1)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "82 01 41", // not masked
                "c2 81 00 00 00 00 41", // a reserved bit
                "83 80 00 00 00 00", // a reserved opcode
                "80 80 00 00 00 00", // a continuation of nothing
                "82 ff ff ff ff ff ff ff ff ff 00 00 00 00", // a negative length
                "82 ff 7f ff ff ff ff ff ff ff 00 00 00 00 41", // a length that nobody has
                "09 80 00 00 00 00", // a ping in fragments
                "89 fe 00 7e 00 00 00 00", // a ping that is too long
                "88 81 00 00 00 00 03" // half a status
            })
    void whatIsNoWebSocketFrameEndsTheConnection(String hex) throws Exception {
        try (var client = new RawWebSocketClient(server.port())) {
            var transport = transport();
            var bytes = new ByteArrayOutputStream();
            for (var part : hex.split(" ")) {
                bytes.write(Integer.parseInt(part, 16));
            }
            client.raw(bytes.toByteArray());
            client.socket.shutdownOutput();
            assertThatThrownBy(() -> {
                        while (transport.read() != null) {
                            continue;
                        }
                        throw new AssertionError("an orderly end");
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void randomBytesNeverHangAConnection() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            try (var client = new RawWebSocketClient(server.port())) {
                var transport = opened.poll(10, TimeUnit.SECONDS);
                var noise = random(1 + random.nextInt(200));
                if (random.nextBoolean()) {
                    noise[0] = (byte) 0x82;
                }
                client.raw(noise);
                client.socket.shutdownOutput();
                try {
                    while (transport.transport().read() != null) {
                        continue;
                    }
                } catch (IOException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
                transport.done().countDown();
            }
        }
    }

    @Test
    void whoeverCutsTellsThePeerWhy() throws Exception {
        try (var client = new RawWebSocketClient(server.port())) {
            var transport = transport();
            transport.cut(1008, "your session has ended " + "x".repeat(500));
            var close = client.receiveData();
            assertThat(close.opcode()).isEqualTo(RawWebSocketClient.CLOSE);
            assertThat((close.payload()[0] & 0xff) << 8 | close.payload()[1] & 0xff)
                    .isEqualTo(1008);
            assertThat(new String(close.payload(), 2, close.payload().length - 2, UTF_8))
                    .startsWith("your session has ended");
            assertThatThrownBy(transport::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPeerThatDoesNotAnswerTheCloseIsCutOff() throws Exception {
        try (var client = new RawWebSocketClient(server.port())) {
            transport().cut(1008, "over");
            assertThat(client.receiveData().opcode()).isEqualTo(RawWebSocketClient.CLOSE);
            assertThat(client.socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void closingFreesABlockedReaderAndABlockedWriter() throws Exception {
        try (var client = new RawWebSocketClient(server.port())) {
            var transport = transport();
            var reader = async(() -> transport.read());
            var written = new java.util.concurrent.atomic.AtomicLong();
            var writer = async(() -> {
                while (true) {
                    transport.write(ByteBuffer.allocate(64 * 1024));
                    written.incrementAndGet();
                }
            });
            Standstill.await(written);
            assertThat(written.get())
                    .as("what a peer that does not read can make us hold")
                    .isLessThan(500);
            transport.close();
            assertThatThrownBy(() -> reader.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            assertThatThrownBy(() -> writer.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
    }

    @Test
    void aPeerThatStopsReadingIsDisconnected() throws Exception {
        stall = Duration.ofMillis(200);
        try (var client = new RawWebSocketClient(server.port())) {
            var transport = transport();
            assertThatThrownBy(() -> {
                        while (true) {
                            transport.write(ByteBuffer.allocate(64 * 1024));
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("read nothing");
            assertThatThrownBy(() -> transport.write(ByteBuffer.allocate(1))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whoDoesNotReadSlowsThePeerDown() throws Exception {
        try (var client = new RawWebSocketClient(server.port())) {
            var transport = transport();
            var sent = new java.util.concurrent.atomic.AtomicLong();
            var writer = async(() -> {
                var block = new byte[32 * 1024];
                while (sent.get() < 4096) {
                    client.binary(block);
                    sent.incrementAndGet();
                }
            });
            Standstill.await(sent);
            assertThat(sent.get()).as("blocks of 32 KiB that nobody has read").isLessThan(1024);
            read(transport, 4096 * 32 * 1024);
            writer.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theConnectionClosesWhenItsLifeIsOver() throws Exception {
        try (var client = new RawWebSocketClient(server.port())) {
            transport().write(ByteBuffer.wrap("bye".getBytes(UTF_8)));
            opened.forEach(held -> held.done().countDown());
            assertThat(client.receiveData().payload()).asString(UTF_8).isEqualTo("bye");
            var close = client.receiveData();
            assertThat(close.opcode()).isEqualTo(RawWebSocketClient.CLOSE);
            assertThat(Arrays.copyOf(close.payload(), 2)).containsExactly(0x03, 0xe8);
        }
    }
}
